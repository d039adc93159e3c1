package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Mode;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The active rulesets, made ready for evaluation: the rules of all rulesets that read one event type are in one index.
 * Rules that read what another rule of their ruleset emits are in an index of that ruleset and emit type.
 *
 * <p>Immutable. Made away from the threads that evaluate; a new version shares with the one before what did not change.
 */
public final class RuleIndexes {
    /** No rulesets. */
    public static final RuleIndexes NONE = new RuleIndexes(ActiveRulesets.NONE, List.of(), Map.of());

    private final ActiveRulesets rulesets;
    private final List<Ruleset> fed;
    private final Map<Source, RuleIndex> bySource;
    private final Map<String, RuleIndex> byEventType;
    private final Map<RuleName, IndexedRule> windowed;
    private final List<TimedRule> timers;
    /** Types of events that may come to a windowed rule, by way of what another rule emits. */
    private final Set<String> behindOthers = new HashSet<>();

    /**
     * Where events come from.
     *
     * @param ruleset the ruleset whose rules emit the type; null for an event type of a topic
     */
    private record Source(@Nullable String ruleset, String eventType) {}

    /** @param fedVersion 0 of the version in force: there is one; of those that are fed there may be several */
    private record RuleName(String ruleset, long fedVersion, String rule) {
        RuleName(Ruleset ruleset, String rule) {
            this(ruleset.name(), ruleset.isFed() ? ruleset.version() : 0, rule);
        }
    }

    /** Whether a rule that is fed reads what rules in force emit, which may have no readers of their own. */
    private final boolean feedingBehind;

    private RuleIndexes(ActiveRulesets rulesets, List<Ruleset> fed, Map<Source, RuleIndex> bySource) {
        this.rulesets = rulesets;
        this.fed = List.copyOf(fed);
        this.bySource = bySource;
        this.byEventType = new HashMap<>();
        bySource.forEach((source, index) -> {
            if (source.ruleset == null) {
                byEventType.put(source.eventType, index);
            }
        });
        this.feedingBehind = fed.stream()
                .anyMatch(ruleset -> ruleset.eventTypes().stream()
                        .anyMatch(type -> bySource.containsKey(new Source(ruleset.name(), type))));
        this.timers = rulesets.inOrder().stream()
                .flatMap(ruleset -> ruleset.timers().stream().map(rule -> new TimedRule(ruleset, rule)))
                .toList();
        this.windowed = new HashMap<>();
        bySource.values()
                .forEach(index ->
                        index.windowed().forEach(rule -> windowed.put(new RuleName(rule.ruleset(), rule.id()), rule)));
        all().forEach(ruleset -> behindOthers.addAll(typesBehindOthers(ruleset)));
    }

    public static RuleIndexes of(ActiveRulesets rulesets) {
        return NONE.changed(rulesets);
    }

    /** The indexes of other rulesets. */
    public RuleIndexes changed(ActiveRulesets next) {
        return changed(next, List.of());
    }

    /**
     * The indexes of other rulesets.
     *
     * @param fedNext those whose windows go on without a voice
     */
    public RuleIndexes changed(ActiveRulesets next, List<Ruleset> fedNext) {
        Map<Source, List<RuleIndex.Section>> sections = new HashMap<>();
        for (Ruleset ruleset : all(next, fedNext)) {
            // What is fed reads what the rules in force emit.
            Ruleset emitting = next.byName().getOrDefault(ruleset.name(), ruleset);
            Set<String> emitted = emitting.emittedTypes();
            for (String from : ruleset.eventTypes()) {
                Source source = new Source(emitted.contains(from) ? ruleset.name() : null, from);
                sections.computeIfAbsent(source, s -> new ArrayList<>())
                        .add(new RuleIndex.Section(ruleset, inOrder(ruleset, from)));
            }
        }
        Map<Source, RuleIndex> indexes = new HashMap<>();
        sections.forEach((source, those) -> indexes.put(
                source, bySource.getOrDefault(source, RuleIndex.EMPTY).changed(those)));
        return new RuleIndexes(next, fedNext, indexes);
    }

    /** The rulesets in force, and after them those that are fed. */
    public List<Ruleset> all() {
        return all(rulesets, fed);
    }

    private static List<Ruleset> all(ActiveRulesets active, List<Ruleset> fed) {
        List<Ruleset> all = new ArrayList<>(active.inOrder());
        all.addAll(fed);
        return all;
    }

    static List<CompiledRule> inOrder(Ruleset ruleset, String eventType) {
        List<CompiledRule> rules = ruleset.rulesFor(eventType);
        if (ruleset.mode() == Mode.ALL) {
            return rules;
        }
        return rules.stream()
                .sorted(Comparator.comparingLong(CompiledRule::priority).reversed())
                .toList();
    }

    public ActiveRulesets rulesets() {
        return rulesets;
    }

    /** All indexes, by source. */
    Collection<RuleIndex> parts() {
        return bySource.values();
    }

    /** Of the rules that read events of a topic; null when there are none. */
    @Nullable RuleIndex of(EventType type) {
        return byEventType.get(type.name());
    }

    /** Of the rules that read what their ruleset emits; null when there are none. */
    @Nullable RuleIndex of(Ruleset ruleset, EventType emitted) {
        return bySource.get(new Source(ruleset.name(), emitted.name()));
    }

    /** Whether what rules emit is to be followed also where their own version has no rule that reads it. */
    boolean isFeedingBehind() {
        return feedingBehind;
    }

    /** Whether any rule has windows, so that the time of events matters. */
    public boolean hasWindows() {
        return !windowed.isEmpty();
    }

    /** The rules that go by the clock: rulesets by name, rules in the order of the file. */
    public List<TimedRule> timers() {
        return timers;
    }

    /**
     * Whether an event of a topic may be handed over.
     *
     * @param ofTask tells which rules are at home where the topic is read
     */
    public boolean mayHandOver(String eventType, Windows ofTask) {
        return behindOthers.contains(eventType)
                || windowed.values().stream()
                        .map(IndexedRule::rule)
                        .anyMatch(rule -> rule.from().equals(eventType) && !ofTask.isHome(rule));
    }

    /** The types from which a way through other rules leads to a windowed one. */
    private static Set<String> typesBehindOthers(Ruleset ruleset) {
        Set<String> read = ruleset.rules().stream()
                .filter(rule -> rule.windowing() != null)
                .map(CompiledRule::from)
                .collect(Collectors.toSet());
        Set<String> behind = new HashSet<>();
        boolean isGrowing = !read.isEmpty();
        while (isGrowing) {
            isGrowing = false;
            for (CompiledRule rule : ruleset.rules()) {
                String emitted = rule.emit().type().name();
                if (read.contains(emitted) || behind.contains(emitted)) {
                    isGrowing |= behind.add(rule.from());
                }
            }
        }
        return behind;
    }

    /** A windowed rule by its id. */
    public Optional<CompiledRule> windowedRule(Ruleset ruleset, String id) {
        return Optional.ofNullable(indexed(ruleset, id)).map(IndexedRule::rule);
    }

    /** A windowed rule; null when there is none of that id. */
    @Nullable IndexedRule indexed(Ruleset ruleset, String id) {
        return windowed.get(new RuleName(ruleset, id));
    }

    /** The rulesets whose windows go on without a voice. */
    public List<Ruleset> fed() {
        return fed;
    }

    /** Those of one name: more than one while one version is on its way and another one is kept for a rollback. */
    public List<Ruleset> fed(String name) {
        return fed.stream().filter(ruleset -> ruleset.name().equals(name)).toList();
    }

    /**
     * How the alternatives of a rule's condition are found; none when it can never hold. No events find a rule that goes by
     * the clock.
     *
     * @throws IllegalArgumentException when the ruleset is not active
     */
    public List<AccessPath> paths(Ruleset ruleset, CompiledRule rule) {
        return indexOf(ruleset, rule).paths(ruleset, rule);
    }

    private RuleIndex indexOf(Ruleset ruleset, CompiledRule rule) {
        RuleIndex index = bySource.getOrDefault(
                new Source(ruleset.name(), rule.from()), bySource.get(new Source(null, rule.from())));
        if (index == null) {
            throw new IllegalArgumentException("ruleset " + ruleset.name() + " is not active");
        }
        return index;
    }
}
