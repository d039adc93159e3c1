package dev.sluice.rule.compile;

import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Aggregate;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.window.Aggregation;
import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules say of windows, to what is evaluated. Confined to one compilation. */
final class WindowingBuilder {
    private final RuleExpressions expressions;
    private final AggregateReader aggregates;
    private final Problems problems;
    /** Rules that name the same aggregates share a type, and with it the checker of its expressions. */
    private final Map<EventType, EventType> types = new HashMap<>();

    WindowingBuilder(RuleExpressions expressions, Problems problems) {
        this.expressions = expressions;
        this.aggregates = new AggregateReader(expressions, problems);
        this.problems = problems;
    }

    /**
     * A rule's windows before its emitted values are known.
     *
     * @param type what these are expressions over
     * @param complete whether nothing had a problem
     */
    record Draft(
            RuleFile.Rule rule,
            EventType from,
            EventType type,
            List<Expression> partitionBy,
            List<Aggregate> aggregates,
            @Nullable Expression having,
            boolean complete) {}

    Draft draft(EventType from, RuleFile.Rule rule) {
        Windowed windowed = Objects.requireNonNull(rule.windowed());
        String id = rule.id().text();
        List<Expression> partitionBy = new ArrayList<>();
        windowed.partitionBy()
                .forEach(text ->
                        keyPart(from, Excerpt.ofEvent(text, windowed), id).ifPresent(partitionBy::add));
        List<Aggregate> named = new ArrayList<>();
        List<Field> fields = new ArrayList<>(from.fields());
        windowed.aggregates().forEach((name, text) -> {
            Optional<AggregateReader.Typed> typed =
                    aggregates.read(from, new AggregateReader.Entry(name, Excerpt.ofEvent(text, windowed), id));
            typed.ifPresent(aggregate -> named.add(aggregate.aggregate()));
            if (isFree(name, text, from, id)) {
                // One with a problem counts as anything: what uses it is checked all the same.
                fields.add(new Field(
                        name,
                        typed.isEmpty() ? new ValueType.Anything() : typed.get().type()));
            }
        });
        boolean free = addOfWindow(fields, from, rule);
        EventType made = new EventType(from.name(), fields);
        EventType type = types.computeIfAbsent(made, t -> t);
        Located text = windowed.having();
        Expression having = text == null ? null : expressions.having(type, Excerpt.whole(text), id);
        warnOfOneEmission(windowed, id);
        boolean complete = free
                && partitionBy.size() == windowed.partitionBy().size()
                && named.size() == windowed.aggregates().size()
                && (having != null || text == null);
        return new Draft(rule, from, type, partitionBy, named, having, complete);
    }

    private Optional<Expression> keyPart(EventType from, Excerpt text, String rule) {
        return expressions.value(from, text, rule).filter(part -> {
            ValueType type = part.type() instanceof ValueType.Nullable nullable ? nullable.type() : part.type();
            boolean fits = (type instanceof Scalar && type != Scalar.BYTES) || type instanceof ValueType.EnumOf;
            if (!fits) {
                problems.error(
                        text.of().source().place(0),
                        "wrong-type",
                        rule,
                        "`partitionBy` needs bool, int, double, string, timestamp or duration, this is "
                                + TypeNames.of(part.type()));
            }
            return fits;
        });
    }

    private boolean isFree(String name, Located text, EventType from, String rule) {
        if (from.position(name) < 0) {
            return true;
        }
        problems.error(
                text.place(),
                "ambiguous-name",
                rule,
                "aggregate `" + name + "` has the name of a field of " + from.name() + "; give it another name");
        return false;
    }

    /** False when an event has the names of the window itself. */
    private boolean addOfWindow(List<Field> fields, EventType from, RuleFile.Rule rule) {
        List<Field> ofWindow = List.of(
                new Field(Windowing.Scope.START, Scalar.TIMESTAMP),
                new Field(Windowing.Scope.END, Scalar.TIMESTAMP),
                new Field(Windowing.Scope.KEY, Scalar.STRING));
        boolean free = true;
        for (Field field : ofWindow) {
            if (from.position(field.name()) < 0) {
                fields.add(field);
                continue;
            }
            free = false;
            problems.error(
                    rule.from().place(),
                    "ambiguous-name",
                    rule.id().text(),
                    "a field of " + from.name() + " is called `" + field.name() + "`, which is a name of the window in"
                            + " rules that have one; rename the field, or read another type");
        }
        return free;
    }

    private void warnOfOneEmission(Windowed windowed, String rule) {
        boolean told = windowed.settings().definition().containsKey("window");
        if (told && windowed.having() == null && windowed.settings().trigger() instanceof Trigger.Crossing) {
            problems.warning(
                    windowed.place(),
                    "emits-once",
                    rule,
                    "without `having` the rule emits with the first event of a window, or of a key, and then no more;"
                            + " add `having`, or another trigger such as `trigger: each`");
        }
    }

    /**
     * The windows of a complete draft.
     *
     * @param values that the rule emits
     */
    Windowing windowing(Draft draft, List<Expression> values) {
        Windowed.Settings settings =
                Objects.requireNonNull(draft.rule().windowed()).settings();
        List<Integer> read = read(draft, values);
        List<Aggregate> all = new ArrayList<>(draft.aggregates());
        List<Integer> carried = new ArrayList<>();
        Trigger trigger = settings.trigger();
        if (trigger instanceof Trigger.Close || trigger instanceof Trigger.Missing) {
            read.forEach(position -> carried.add(carry(draft, position, all)));
        }
        return new Windowing(
                settings.window(),
                draft.partitionBy(),
                all,
                new Windowing.Scope(draft.type(), read, carried),
                draft.having(),
                trigger,
                new Windowing.StateIdentity(
                        draft.rule().id().text(),
                        draft.from().name(),
                        draft.partitionBy().stream().map(Expression::source).toList(),
                        settings.reset()),
                settings.late());
    }

    private static List<Integer> read(Draft draft, List<Expression> values) {
        TreeSet<Integer> positions = new TreeSet<>();
        Stream.concat(values.stream(), Stream.ofNullable(draft.having()))
                .flatMap(expression -> expression.fields().stream())
                .map(draft.from()::position)
                .filter(position -> position >= 0)
                .forEach(positions::add);
        return List.copyOf(positions);
    }

    /** The number of an aggregate that has the last value of a field, the author's own or one more. */
    private int carry(Draft draft, int position, List<Aggregate> all) {
        Field field = draft.from().fields().get(position);
        boolean boxed = new Windowing.Scope(draft.type(), List.of(), List.of()).isBoxed(position);
        Expression argument = expressions
                .unwritten(draft.from(), boxed ? "[" + field.name() + "]" : field.name())
                .orElseThrow(() -> new IllegalStateException("field " + field.name() + " is read but has no value"));
        Aggregate last =
                new Aggregate("last." + field.name(), Aggregation.of(Function.LAST), argument, Column.Kind.ANY);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(last.id())) {
                return i;
            }
        }
        all.add(last);
        return all.size() - 1;
    }
}
