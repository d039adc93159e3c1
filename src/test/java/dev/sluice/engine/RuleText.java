package dev.sluice.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The rule {@code r} over {@code Reading}, part by part, and the rule {@code copy} that emits what it reads. Immutable. */
record RuleText(Map<String, String> parts, Map<String, String> aggregates) {
    /** Of which the result does not depend on the order of events. */
    private static final Map<String, String> UNORDERED = Map.of(
            "c", "count()",
            "high", "count(n > 5)",
            "total", "sum(n)",
            "mean", "avg(n)",
            "least", "min(n)",
            "worst", "max(n)",
            "spread", "stddev(d)",
            "kinds", "count_distinct(n)",
            "p", "percentile(n, 75)");

    private static final Map<String, String> ORDERED =
            Map.of("opening", "first(n)", "closing", "last(k)", "moving", "ema(n, 0.5)", "some", "collect(n, 3)");

    static final String COPY = """
              - id: copy
                from: Reading
                emit: { type: Copy, fields: { k: k, n: n, x: x, d: d, mark: mark } }
            """;

    /** All aggregates over events of mark 2 and more, by their key, emitted with each event. */
    static RuleText of(String window) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("from", "Reading");
        parts.put("when", "mark >= 2");
        parts.put("partitionBy", "k");
        parts.put("window", "{ " + window + " }");
        parts.put("trigger", "each");
        RuleText unordered = new RuleText(parts, UNORDERED);
        return unordered.withAggregates(ORDERED);
    }

    RuleText withoutOrder() {
        return new RuleText(parts, UNORDERED);
    }

    RuleText withWindow(String window) {
        return with("window", "{ " + window + " }");
    }

    /** @param part a key of the rule; {@code trigger}, {@code after} and {@code cooldown} of its emit */
    RuleText with(String part, String text) {
        Map<String, String> others = new LinkedHashMap<>(parts);
        others.put(part, text);
        return new RuleText(others, aggregates);
    }

    RuleText withAggregates(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(aggregates);
        all.putAll(more);
        return new RuleText(parts, all);
    }

    RuleText without(String aggregate) {
        Map<String, String> others = new LinkedHashMap<>(aggregates);
        others.remove(aggregate);
        return new RuleText(parts, others);
    }

    /** Further values that it emits, as {@code name: expression}. */
    RuleText emitting(String fields) {
        return with("fields", fields);
    }

    /** A list of rules, as in a file. */
    String text() {
        StringBuilder text = new StringBuilder(COPY).append("  - id: r\n");
        for (String key : new String[] {"from", "when", "partitionBy", "window", "state", "having"}) {
            if (parts.containsKey(key)) {
                text.append("    ")
                        .append(key)
                        .append(": ")
                        .append(parts.get(key))
                        .append('\n');
            }
        }
        if (!aggregates.isEmpty()) {
            text.append("    aggregate: { ").append(definitions()).append(" }\n");
        }
        text.append("    emit:\n      type: Out\n");
        for (String key : new String[] {"trigger", "after", "cooldown"}) {
            if (parts.containsKey(key)) {
                text.append("      ")
                        .append(key)
                        .append(": ")
                        .append(parts.get(key))
                        .append('\n');
            }
        }
        String more = parts.getOrDefault("fields", "");
        String named =
                aggregates.keySet().stream().map(name -> name + ": " + name).collect(Collectors.joining(", "));
        String fields = named.isEmpty() || more.isEmpty() ? named + more : named + ", " + more;
        return text.append("      fields: { ").append(fields).append(" }\n").toString();
    }

    private String definitions() {
        return aggregates.entrySet().stream()
                .map(each -> each.getKey() + ": '" + each.getValue() + "'")
                .collect(Collectors.joining(", "));
    }
}
