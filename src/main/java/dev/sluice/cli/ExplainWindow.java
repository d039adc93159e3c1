package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Aggregate;
import dev.sluice.rule.Windowing.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The window of a rule, with its key, aggregates and trigger, as its author wrote them. */
final class ExplainWindow {
    private final CompiledRule rule;
    private final Windowing windowing;

    private ExplainWindow(CompiledRule rule, Windowing windowing) {
        this.rule = rule;
        this.windowing = windowing;
    }

    /** None for a rule that looks at each event alone. */
    static List<String> lines(CompiledRule rule) {
        return rule.windowing() == null ? List.of() : new ExplainWindow(rule, rule.windowing()).lines();
    }

    /** Adds nothing for a rule that looks at each event alone. */
    static void addTo(ObjectNode node, CompiledRule rule) {
        if (rule.windowing() != null) {
            new ExplainWindow(rule, rule.windowing()).addTo(node.putObject("window"));
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("  window    " + rule.definition().getOrDefault("window", "the last " + part("emit.after")));
        lines.add("  key       " + rule.definition().getOrDefault("partitionBy", "that of the event"));
        Map<String, String> aggregates = aggregates();
        if (!aggregates.isEmpty()) {
            lines.add("  keeps     "
                    + aggregates.entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        if (windowing.having() != null) {
            lines.add("  having    " + part("having"));
        }
        String cooldown = part("emit.cooldown");
        lines.add("  emits     " + when() + (cooldown.isEmpty() ? "" : ", then nothing of the key for " + cooldown));
        return lines;
    }

    private String part(String path) {
        return rule.definition().getOrDefault(path, "");
    }

    /** Those that the author named, in the order of the file. */
    private Map<String, String> aggregates() {
        Map<String, String> aggregates = new LinkedHashMap<>();
        for (Aggregate aggregate : windowing.aggregates()) {
            String text = rule.definition().get("aggregate." + aggregate.name());
            if (text != null) {
                aggregates.put(aggregate.name(), text);
            }
        }
        return aggregates;
    }

    private String when() {
        Trigger trigger = windowing.trigger();
        if (trigger instanceof Trigger.Each) {
            return "with each event";
        }
        if (trigger instanceof Trigger.Close) {
            return "as the window closes";
        }
        if (trigger instanceof Trigger.Missing) {
            return "when a known key has sent nothing for " + part("emit.after");
        }
        return windowing.having() == null ? "with the first event of the window" : "as having turns true";
    }

    private void addTo(ObjectNode node) {
        node.put("window", part("window"));
        ArrayNode key = node.putArray("partitionBy");
        windowing.partitionBy().forEach(part -> key.add(part.source()));
        ObjectNode aggregates = node.putObject("aggregate");
        aggregates().forEach(aggregates::put);
        node.put("having", part("having"));
        node.put("trigger", trigger());
        node.put("after", part("emit.after"));
        node.put("cooldown", part("emit.cooldown"));
    }

    private String trigger() {
        String written = part("emit.trigger");
        return written.isEmpty() ? "crossing" : written;
    }
}
