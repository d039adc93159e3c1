package dev.sluice.rule.compile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules and templates have in common: what they read, want, look at together and emit. */
final class BodyReader {
    static final List<String> KEYS = Stream.of(List.of("from", "every", "when"), WindowedReader.KEYS, List.of("emit"))
            .flatMap(List::stream)
            .toList();
    private static final List<String> EMIT_KEYS = Stream.concat(
                    Stream.of("type", "topic", "fields"), TriggerReader.KEYS.stream())
            .toList();

    private final Problems problems;
    private final Names names;
    private final WindowedReader windows;
    private final TimerReader timers;

    BodyReader(Problems problems) {
        this.problems = problems;
        this.names = new Names(problems);
        this.windows = new WindowedReader(problems);
        this.timers = new TimerReader(problems);
    }

    /**
     * The body, or null with problems.
     *
     * @param rule id for the problems; null when there is none
     */
    RuleFile.@Nullable Body read(Mapping keys, @Nullable String rule) {
        boolean timed = keys.has("every");
        Located from = timed ? keys.optionalQuietly("every") : keys.required("from");
        Located when = keys.optional("when");
        Mapping emitKeys = keys.mapping("emit", "`emit`");
        RuleFile.Emission emit = emit(emitKeys, rule);
        RuleFile.Every every = timed ? timers.read(keys, emitKeys, rule) : null;
        Windowed windowed = timed ? null : windows.read(keys, emitKeys, rule);
        boolean complete = timed == (every != null);
        return from == null || emit == null || !complete ? null : new RuleFile.Body(from, every, when, windowed, emit);
    }

    private RuleFile.@Nullable Emission emit(@Nullable Mapping keys, @Nullable String rule) {
        if (keys == null) {
            return null;
        }
        keys.allowOnly(EMIT_KEYS, List.of());
        Located type = names.checked(keys.required("type"), Names.Kind.NAME, "an emit type", rule);
        Located topic = keys.optional("topic");
        Mapping fields = keys.mapping("fields", "`fields`");
        if (type == null || fields == null) {
            return null;
        }
        if (fields.keys().isEmpty()) {
            problems.error(fields.place(), "empty-value", rule, "`fields` is empty; an emit needs at least one field");
        }
        return new RuleFile.Emission(type, topic, expressions(fields, rule));
    }

    private Map<String, Located> expressions(Mapping fields, @Nullable String rule) {
        Map<String, Located> expressions = new LinkedHashMap<>();
        for (String name : fields.keys()) {
            Located expression = fields.optional(name);
            if (!Names.Kind.NAME.allows(name)) {
                problems.error(
                        expression == null ? fields.place() : expression.place(),
                        "invalid-name",
                        rule,
                        "`" + Names.shortened(name) + "` is no field name; use letters, digits and _, a letter first");
            } else if (expression != null) {
                expressions.put(name, expression);
            }
        }
        // Most rules emit one field: ten thousand tables of one entry are megabytes.
        return expressions.size() == 1 ? Map.copyOf(expressions) : expressions;
    }
}
