package dev.sluice.rule.compile;

import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a function of aggregates takes and gives. */
record AggregateFunction(Function function) {
    static final int COLLECT_MAX = 1_000;

    private static final Set<Function> OF_NUMBERS =
            EnumSet.of(Function.SUM, Function.AVG, Function.STDDEV, Function.PERCENTILE, Function.EMA);
    private static final Set<Function> OF_ORDERED = EnumSet.of(Function.MIN, Function.MAX);
    private static final Set<Function> WITH_PARAMETER = EnumSet.of(Function.PERCENTILE, Function.EMA, Function.COLLECT);
    private static final Set<ValueType> NUMBERS = Set.of(Scalar.INT, Scalar.DOUBLE);
    private static final Set<ValueType> ORDERED =
            Set.of(Scalar.INT, Scalar.DOUBLE, Scalar.STRING, Scalar.TIMESTAMP, Scalar.DURATION, Scalar.BOOL);
    private static final Map<String, AggregateFunction> BY_NAME = byName();

    private static Map<String, AggregateFunction> byName() {
        Map<String, AggregateFunction> byName = new LinkedHashMap<>();
        for (Function function : Function.values()) {
            AggregateFunction entry = new AggregateFunction(function);
            byName.put(entry.name(), entry);
        }
        return byName;
    }

    static Optional<AggregateFunction> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    String name() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    boolean hasParameter() {
        return WITH_PARAMETER.contains(function);
    }

    boolean takes(int arguments) {
        return arguments == (hasParameter() ? 2 : 1) || (arguments == 0 && function == Function.COUNT);
    }

    /** How it is written. */
    String usage() {
        return switch (function) {
            case COUNT -> "`count()` or `count(CONDITION)`";
            case PERCENTILE -> "`percentile(VALUE, 99)`";
            case EMA -> "`ema(VALUE, 0.1)`";
            case COLLECT -> "`collect(VALUE, 10)`";
            default -> "`" + name() + "(VALUE)`";
        };
    }

    /** What is wrong with an argument of this type; empty when nothing is. */
    String refusal(ValueType argument) {
        ValueType type = value(argument);
        String is = ", this is " + TypeNames.of(argument);
        if (function == Function.COUNT && type != Scalar.BOOL) {
            return "`count` counts events, or those for which a bool is true" + is
                    + "; write `count()`, or compare it with something";
        }
        if (OF_NUMBERS.contains(function) && !NUMBERS.contains(type)) {
            return "`" + name() + "` needs int or double" + is + hint(type);
        }
        if (OF_ORDERED.contains(function) && !ORDERED.contains(type) && !(type instanceof ValueType.EnumOf)) {
            return "`" + name() + "` needs int, double, string, timestamp, duration or bool" + is + hint(type);
        }
        return "";
    }

    private static String hint(ValueType type) {
        return type instanceof ValueType.Anything ? "; convert it, as with `double(...)`" : "";
    }

    /** What the parameter may be, when it is not that; empty when it is. */
    String refusal(double parameter) {
        return switch (function) {
            case PERCENTILE -> parameter >= 0 && parameter <= 100 ? "" : "a percentile from 0 to 100";
            case EMA ->
                parameter > 0 && parameter <= 1 ? "" : "the weight of the newest value, more than 0 and at most 1";
            case COLLECT ->
                parameter >= 1 && parameter <= COLLECT_MAX && parameter == Math.rint(parameter)
                        ? ""
                        : "the number of values to keep, from 1 to " + COLLECT_MAX;
            default -> "";
        };
    }

    /** The type of the result. A window without a value has none of some: only an argument that may be null allows that. */
    ValueType result(ValueType argument) {
        ValueType value = value(argument);
        return switch (function) {
            case COUNT, COUNT_DISTINCT -> Scalar.INT;
            case SUM -> value;
            case AVG, STDDEV, PERCENTILE, EMA -> orNull(Scalar.DOUBLE, argument);
            case MIN, MAX, FIRST, LAST -> argument;
            case COLLECT -> new ValueType.ListOf(value);
        };
    }

    Column.Kind kind(ValueType argument) {
        ValueType value = value(argument);
        boolean cares = OF_NUMBERS.contains(function) || OF_ORDERED.contains(function);
        if (cares && value == Scalar.INT) {
            return Column.Kind.LONG;
        }
        return cares && value == Scalar.DOUBLE ? Column.Kind.DOUBLE : Column.Kind.ANY;
    }

    private static ValueType value(ValueType argument) {
        return argument instanceof ValueType.Nullable nullable ? nullable.type() : argument;
    }

    private static ValueType orNull(ValueType type, ValueType argument) {
        return argument instanceof ValueType.Nullable ? new ValueType.Nullable(type) : type;
    }
}
