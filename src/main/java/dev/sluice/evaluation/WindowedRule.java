package dev.sluice.evaluation;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Aggregate;
import dev.sluice.rule.Windowing.Scope;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.window.WindowSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The windowing of a rule as its evaluation needs it. Immutable. */
final class WindowedRule {
    private final Windowing windowing;
    private final Expression[] partitionBy;
    private final @Nullable Expression[] arguments;
    private final @Nullable Expression having;
    private final boolean marked;
    private final boolean each;
    private final boolean timed;
    /** Of the scope's type: so many fields of the event, then so many aggregates. */
    private final int fields;

    private final int named;
    /** By position of a field its number among those that are read; -1 for the others. */
    private final int[] numbers;

    WindowedRule(Windowing windowing) {
        this.windowing = windowing;
        this.partitionBy = windowing.partitionBy().toArray(Expression[]::new);
        this.arguments =
                windowing.aggregates().stream().map(Aggregate::argument).toArray(Expression[]::new);
        this.having = windowing.having();
        WindowSpec spec = windowing.window().spec();
        this.marked = spec instanceof WindowSpec.Tumbling || spec instanceof WindowSpec.Hopping;
        this.each = windowing.trigger() instanceof Trigger.Each;
        this.timed = windowing.trigger() instanceof Trigger.Close || windowing.trigger() instanceof Trigger.Missing;
        Scope scope = windowing.scope();
        int start = scope.type().position(Scope.START);
        this.named = named(windowing, start);
        this.fields = start - named;
        this.numbers = new int[fields];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < scope.read().size(); i++) {
            numbers[scope.read().get(i)] = i;
        }
    }

    /** How many of the aggregates stand in the scope's type, right before the start of the window. */
    private static int named(Windowing windowing, int start) {
        List<Aggregate> aggregates = windowing.aggregates();
        int named = aggregates.size();
        while (named > 0
                && windowing.scope().type().position(aggregates.get(named - 1).name()) != start - 1) {
            named--;
        }
        return named;
    }

    Windowing windowing() {
        return windowing;
    }

    @Nullable Expression[] arguments() {
        return arguments;
    }

    GroupKey key(Event event, Moment moment) throws EvaluationException {
        if (partitionBy.length == 0) {
            return new GroupKey(Collections.singletonList(moment.key()));
        }
        @Nullable Object[] values = new @Nullable Object[partitionBy.length];
        for (int i = 0; i < values.length; i++) {
            Object value = partitionBy[i].evaluate(event);
            values[i] = value instanceof Double number && number == 0 ? (Object) 0.0 : value;
        }
        return new GroupKey(
                values.length == 1
                        ? Collections.singletonList(values[0])
                        : Collections.unmodifiableList(Arrays.asList(values)));
    }

    boolean holds(ScopeEvent scope) throws EvaluationException {
        return having == null || having.test(scope);
    }

    /** Whether one event may be in several of its windows, so that a match is told by the window's start. */
    boolean isMarked() {
        return marked;
    }

    /** Whether each event for which having is true emits, and not only the first. */
    boolean isEach() {
        return each;
    }

    /** Whether time makes it emit, and not an event. */
    boolean isTimed() {
        return timed;
    }

    int fields() {
        return fields;
    }

    int named() {
        return named;
    }

    /** Number of a field among those that are read. */
    int number(int position) {
        int number = numbers[position];
        if (number < 0) {
            throw new IllegalStateException(
                    "field " + windowing.scope().type().fields().get(position).name()
                            + " is read but not among the fields read");
        }
        return number;
    }
}
