package dev.sluice.rule.compile;

import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.Windowing.Aggregate;
import dev.sluice.text.NearestName;
import dev.sluice.window.Aggregation;
import dev.sluice.window.Column;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Aggregates of rules, their arguments checked over the events that a rule reads. Confined to one compilation. */
final class AggregateReader {
    private static final Pattern NUMBER = Pattern.compile("\\(?(-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\\)?");
    /** What stands for a constant that has a problem of its own. */
    private static final String UNKNOWN = "dyn(0)";

    private final RuleExpressions expressions;
    private final Problems problems;

    /** @param type of its results */
    record Typed(Aggregate aggregate, ValueType type) {}

    /** One aggregate as it stands in the file. */
    record Entry(String name, Excerpt text, String rule) {
        Place place() {
            return text.of().source().place(0);
        }
    }

    AggregateReader(RuleExpressions expressions, Problems problems) {
        this.expressions = expressions;
        this.problems = problems;
    }

    /** Empty with problems. */
    Optional<Typed> read(EventType from, Entry entry) {
        Optional<AggregateCall> call = AggregateCall.of(entry.text().expression());
        if (call.isEmpty()) {
            problems.error(
                    entry.place(),
                    "syntax",
                    entry.rule(),
                    "an aggregate is one call, such as `count()` or `max(amount)`; compute with its value in `having`"
                            + " and `emit`");
            return Optional.empty();
        }
        Optional<AggregateFunction> function = AggregateFunction.of(call.get().function());
        if (function.isEmpty()) {
            problems.error(
                    entry.place(),
                    "unknown-function",
                    entry.rule(),
                    "there is no aggregate `" + Names.shortened(call.get().function()) + "`"
                            + NearestName.hint(call.get().function(), AggregateFunction.names()));
            return Optional.empty();
        }
        return read(from, entry, new Call(function.get(), call.get()));
    }

    private record Call(AggregateFunction function, AggregateCall text) {
        boolean hasAll() {
            return function.takes(text.arguments().size())
                    && text.arguments().stream().noneMatch(part -> part.text().isEmpty());
        }
    }

    private Optional<Typed> read(EventType from, Entry entry, Call call) {
        AggregateFunction function = call.function();
        if (!call.hasAll()) {
            problems.error(
                    entry.place(),
                    "wrong-arguments",
                    entry.rule(),
                    "`" + function.name() + "` is written " + function.usage());
            return Optional.empty();
        }
        OptionalDouble parameter = function.hasParameter() ? parameter(entry, call) : OptionalDouble.of(0);
        if (call.text().arguments().isEmpty()) {
            Aggregate count = new Aggregate(entry.name(), Aggregation.of(function.function()), null, Column.Kind.ANY);
            return Optional.of(new Typed(count, ValueType.Scalar.INT));
        }
        Excerpt text = entry.text().part(call.text().arguments().get(0));
        Optional<Expression> argument = expressions
                .value(from, text, entry.rule())
                .filter(expression -> isTaken(function, expression, text, entry));
        if (argument.isEmpty() || parameter.isEmpty()) {
            return Optional.empty();
        }
        ValueType type = argument.get().type();
        Aggregate aggregate = new Aggregate(
                entry.name(),
                new Aggregation(function.function(), parameter.getAsDouble()),
                argument.get(),
                function.kind(type));
        return Optional.of(new Typed(aggregate, function.result(type)));
    }

    private boolean isTaken(AggregateFunction function, Expression argument, Excerpt text, Entry entry) {
        String refusal = function.refusal(argument.type());
        if (!refusal.isEmpty()) {
            problems.error(text.place(0), "wrong-type", entry.rule(), refusal);
        }
        return refusal.isEmpty();
    }

    private OptionalDouble parameter(Entry entry, Call call) {
        AggregateCall.Part part = call.text().arguments().get(1);
        if (part.text().equals(UNKNOWN)) {
            return OptionalDouble.empty();
        }
        double value = NUMBER.matcher(part.text()).matches()
                ? Double.parseDouble(NUMBER.matcher(part.text()).replaceAll("$1"))
                : Double.NaN;
        String wanted = call.function().refusal(value);
        if (wanted.isEmpty()) {
            return OptionalDouble.of(value);
        }
        problems.error(
                entry.text().place(part.offset()),
                "invalid-value",
                entry.rule(),
                "the second argument of `" + call.function().name() + "` must be " + wanted
                        + ", written as a number or a constant");
        return OptionalDouble.empty();
    }
}
