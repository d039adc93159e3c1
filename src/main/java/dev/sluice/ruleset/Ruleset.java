package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One version of a named ruleset, compiled. Immutable. */
public final class Ruleset {
    private final RulesetDefinition definition;
    private final long version;
    private final String digest;
    private final boolean fed;
    private final Map<String, List<CompiledRule>> rulesByEventType;
    private final Set<String> emittedTypes;

    /** @param digest as {@link Digest#of} gives it for the source text */
    public Ruleset(RulesetDefinition definition, long version, String digest) {
        this(definition, version, digest, false);
    }

    private Ruleset(RulesetDefinition definition, long version, String digest, boolean fed) {
        this.definition = definition;
        this.version = version;
        this.digest = digest;
        this.fed = fed;
        Map<String, List<CompiledRule>> byType = new HashMap<>();
        Set<String> emitted = new HashSet<>();
        for (CompiledRule rule : definition.rules()) {
            if (rule.timer() == null) {
                byType.computeIfAbsent(rule.from(), type -> new ArrayList<>()).add(rule);
            }
            emitted.add(rule.emit().type().name());
        }
        byType.replaceAll((type, rules) -> List.copyOf(rules));
        this.rulesByEventType = Map.copyOf(byType);
        this.emittedTypes = Set.copyOf(emitted);
    }

    /** Some of its windowed rules, to be fed without a voice: their windows go on, and nothing comes of them. */
    Ruleset fed(List<CompiledRule> rules) {
        return new Ruleset(new RulesetDefinition(name(), "", Mode.ALL, rules), version, digest, true);
    }

    /** Whether it is no version in force but one whose window state is fed. */
    public boolean isFed() {
        return fed;
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

    /** Names of the types that its rules emit. */
    public Set<String> emittedTypes() {
        return emittedTypes;
    }

    /**
     * What the ruleset says besides its rules, as text by path: {@code mode}, {@code description} if it has one, and how it
     * is deployed, such as {@code deployment.strategy}.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mode", definition.mode().name().toLowerCase(Locale.ROOT));
        if (!definition.description().isEmpty()) {
            settings.put("description", definition.description());
        }
        definition.deployment().definition().forEach((key, text) -> settings.put("deployment." + key, text));
        return settings;
    }

    /** All rules, in the order of the file. */
    public List<CompiledRule> rules() {
        return definition.rules();
    }

    /** The rules that go by the clock, in the order of the file. */
    public List<CompiledRule> timers() {
        return rules().stream().filter(rule -> rule.timer() != null).toList();
    }

    /** The rules that read events of {@code eventType}, in the order of the file. */
    public List<CompiledRule> rulesFor(String eventType) {
        return rulesByEventType.getOrDefault(eventType, List.of());
    }
}
