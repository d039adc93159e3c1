package dev.sluice.rule;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule ready to evaluate.
 *
 * @param id unique within its ruleset
 * @param from name of the event type that it reads; of a rule with a timer that of {@link Timer#SCOPE}
 * @param priority of a rule among those of its event type where the first match decides: the highest is tried first
 * @param when the condition, boolean; null matches every event
 * @param windowing what is made of the events that meet the condition; null where each is looked at alone, and then the
 *     emitted values are expressions over the event
 * @param timer of a rule that goes by the clock, whose expressions are over {@link Timer#SCOPE}; null where events set it off
 * @param definition the parts of the rule as text, by path ({@code when}, {@code emit.fields.late}): equal maps mean
 *     equal rules, and a difference between versions is told from them
 */
public record CompiledRule(
        String id,
        String from,
        long priority,
        @Nullable Expression when,
        @Nullable Windowing windowing,
        @Nullable Timer timer,
        Emit emit,
        Map<String, String> definition) {
    public CompiledRule {
        definition = Map.copyOf(definition);
        if (timer != null && windowing != null) {
            throw new IllegalArgumentException("rule " + id + " goes by the clock and has a window");
        }
    }

    /** A rule that events set off. */
    public CompiledRule(
            String id,
            String from,
            long priority,
            @Nullable Expression when,
            @Nullable Windowing windowing,
            Emit emit,
            Map<String, String> definition) {
        this(id, from, priority, when, windowing, null, emit, definition);
    }

    /** A rule that looks at each event alone. */
    public CompiledRule(
            String id,
            String from,
            long priority,
            @Nullable Expression when,
            Emit emit,
            Map<String, String> definition) {
        this(id, from, priority, when, null, null, emit, definition);
    }

    /** All that is evaluated for an event or a window. */
    public Stream<Expression> expressions() {
        return Stream.of(
                        Stream.ofNullable(when),
                        Stream.ofNullable(windowing).flatMap(Windowing::expressions),
                        emit.values().stream())
                .flatMap(expressions -> expressions);
    }

    /** What {@code when} says, taken apart. */
    public Condition condition() {
        return when == null ? Condition.ALWAYS : when.condition();
    }
}
