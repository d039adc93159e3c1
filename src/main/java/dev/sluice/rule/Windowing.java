package dev.sluice.rule;

import dev.sluice.window.Aggregation;
import dev.sluice.window.Column;
import dev.sluice.window.StateShape;
import dev.sluice.window.Values;
import dev.sluice.window.Window;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a rule that looks at more than one event: by key and window.
 *
 * @param partitionBy what events must have in common; empty for the key of the event
 * @param aggregates those that the author named, in their order, and after them those that {@link Scope#carried} needs
 * @param having over the scope's type; null: always true
 * @param late what becomes of events that come after all their windows
 */
public record Windowing(
        Window window,
        List<Expression> partitionBy,
        List<Aggregate> aggregates,
        Scope scope,
        @Nullable Expression having,
        Trigger trigger,
        StateIdentity identity,
        Late late) {
    public Windowing {
        partitionBy = List.copyOf(partitionBy);
        aggregates = List.copyOf(aggregates);
    }

    /** One whose late events are counted. */
    public Windowing(
            Window window,
            List<Expression> partitionBy,
            List<Aggregate> aggregates,
            Scope scope,
            @Nullable Expression having,
            Trigger trigger,
            StateIdentity identity) {
        this(window, partitionBy, aggregates, scope, having, trigger, identity, Late.COUNTED);
    }

    /** What becomes of an event that comes after all its windows, grace included. It changes none of them. */
    public enum Late {
        COUNTED,
        /** Counted, and sent to the dead letters. */
        DEAD_LETTERED
    }

    /** Key, arguments and having. */
    Stream<Expression> expressions() {
        return Stream.concat(ofEvent(), Stream.ofNullable(having));
    }

    /** Key and arguments: what is evaluated for an event alone. */
    private Stream<Expression> ofEvent() {
        Stream<Expression> arguments =
                aggregates.stream().flatMap(aggregate -> Stream.ofNullable(aggregate.argument()));
        return Stream.concat(partitionBy.stream(), arguments);
    }

    /** Names of the event's fields that are read once the condition holds. */
    public Set<String> fields() {
        Set<String> names = new HashSet<>();
        ofEvent().forEach(expression -> names.addAll(expression.fields()));
        scope.read()
                .forEach(position ->
                        names.add(scope.type().fields().get(position).name()));
        return names;
    }

    /**
     * An aggregate.
     *
     * @param argument over the type that the rule reads; of COUNT bool; null for a COUNT of events
     */
    public record Aggregate(
            String name, Aggregation aggregation, @Nullable Expression argument, Column.Kind kind) {

        /** What is aggregated, by which its column goes on when the rule changes: {@code percentile[99](latency)}. */
        public String id() {
            String function = aggregation.function().name().toLowerCase(Locale.ROOT);
            String parameter = aggregation.parameter() == 0 ? "" : "[" + aggregation.parameter() + "]";
            return function + parameter + "(" + (argument == null ? "" : argument.source()) + ")";
        }

        Column column() {
            return new Column(id(), aggregation, kind);
        }
    }

    /**
     * What having and the emitted values are expressions over.
     *
     * @param type first the fields of the type that the rule reads, at their own positions, with the values of the event at
     *     hand; then one field an aggregate that the author named; then {@value #START}, {@value #END} and {@value #KEY}
     * @param read positions of those fields of the event at hand that having and the emitted values read, rising
     * @param carried for each of {@code read} the number of the aggregate with its last value, used where no event is at
     *     hand, as at the end of a window; empty where one always is. Aggregates pass over null, so of a field that may
     *     be null it is a list of one: {@link #lastValue} takes it out
     */
    public record Scope(EventType type, List<Integer> read, List<Integer> carried) {
        public static final String START = "window_start";
        public static final String END = "window_end";
        /** Text: the key, of several parts as {@code a|b}. */
        public static final String KEY = "window_key";

        public Scope {
            read = List.copyOf(read);
            carried = List.copyOf(carried);
            if (!carried.isEmpty() && carried.size() != read.size()) {
                throw new IllegalArgumentException("each field that is read must be carried");
            }
        }

        /** Whether the field at a position is carried in a list of one. */
        public boolean isBoxed(int position) {
            ValueType field = type.fields().get(position).type();
            return field instanceof ValueType.Nullable || field instanceof ValueType.Anything;
        }

        /**
         * The last value of a field that is read, from the results of a window.
         *
         * @param number in {@code read}
         */
        public @Nullable Object lastValue(Values results, int number) {
            Object carriedValue = results.value(carried.get(number));
            return isBoxed(read.get(number)) && carriedValue instanceof List<?> box ? box.get(0) : carriedValue;
        }
    }

    /** When the rule emits, given that having is true. */
    public sealed interface Trigger {

        /** For so many milliseconds of event time after an emission the key emits nothing; 0 for none. */
        long cooldownMs();

        /** As having turns true for a window. */
        record Crossing(long cooldownMs) implements Trigger {}

        /** With each event. */
        record Each(long cooldownMs) implements Trigger {}

        /** As the window comes to its end. */
        record Close(long cooldownMs) implements Trigger {}

        /** When a known key has sent nothing for so long; once a silence. */
        record Missing(long silenceMs, long cooldownMs) implements Trigger {}
    }

    /**
     * What state belongs to, apart from ruleset and window: with another identity a rule begins anew.
     *
     * @param from name of the type that the rule reads
     * @param partitionBy texts
     * @param reset what the author wrote to begin anew; empty as a rule
     */
    public record StateIdentity(String rule, String from, List<String> partitionBy, String reset) {
        public StateIdentity {
            partitionBy = List.copyOf(partitionBy);
        }
    }

    /** How state is kept. */
    public StateShape shape() {
        return new StateShape(window, aggregates.stream().map(Aggregate::column).toList());
    }
}
