package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One version of a named ruleset, compiled. Immutable. */
public final class Ruleset {
    private final RulesetDefinition definition;
    private final long version;
    private final String digest;
    private final Map<String, List<CompiledRule>> rulesByEventType;

    /** @param digest as {@link Digest#of} gives it for the source text */
    public Ruleset(RulesetDefinition definition, long version, String digest) {
        this.definition = definition;
        this.version = version;
        this.digest = digest;
        Map<String, List<CompiledRule>> byType = new HashMap<>();
        for (CompiledRule rule : definition.rules()) {
            byType.computeIfAbsent(rule.from(), type -> new ArrayList<>()).add(rule);
        }
        byType.replaceAll((type, rules) -> List.copyOf(rules));
        this.rulesByEventType = Map.copyOf(byType);
    }

    public String name() {
        return definition.name();
    }

    public long version() {
        return version;
    }

    public String digest() {
        return digest;
    }

    public Mode mode() {
        return definition.mode();
    }

    /** Names of the event types that its rules read. */
    public Set<String> eventTypes() {
        return rulesByEventType.keySet();
    }

    /** What the ruleset says besides its rules, as text by path: {@code mode}, and {@code description} if it has one. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mode", definition.mode().name().toLowerCase(Locale.ROOT));
        if (!definition.description().isEmpty()) {
            settings.put("description", definition.description());
        }
        return settings;
    }

    /** All rules, in the order of the file. */
    public List<CompiledRule> rules() {
        return definition.rules();
    }

    /** The rules that read events of {@code eventType}, in the order of the file. */
    public List<CompiledRule> rulesFor(String eventType) {
        return rulesByEventType.getOrDefault(eventType, List.of());
    }
}
