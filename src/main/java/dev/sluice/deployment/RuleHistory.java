package dev.sluice.deployment;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The failures of the rules of a ruleset over time, by version, from the counters that instances report; beside it the
 * evaluations of the versions. Not persisted: who takes over knows nothing of the past.
 *
 * <p>Threading: confined to one thread.
 */
public final class RuleHistory {
    private static final int RULES_MAX = 1_000;

    private final HealthHistory versions;
    private final CounterHistory<OfRule, RuleFailures> rules;
    private final Map<String, Change> changes = new HashMap<>();

    /** A rule of a version. */
    private record OfRule(long version, String rule) {}

    /** When a rule was last set apart or released, and what had been counted by then. */
    private record Change(Instant at, Map<OfRule, RuleFailures> counted, Map<Long, Figures> evaluated) {}

    /** @param versions what the versions did; its owner keeps it up to date */
    public RuleHistory(HealthHistory versions) {
        this.versions = versions;
        this.rules = new CounterHistory<>(versions.begun(), RuleFailures.NONE, RULES_MAX);
    }

    /**
     * Takes in a report. A rule that is not listed any more, of a version that is, counts as it did when it was.
     *
     * @param instance the instance and its start: what tells two runs of one process apart
     * @param counters by version and rule, since that start; of each version that served on the instance, rules without
     *     failures left out
     */
    public void report(String instance, Map<Long, Map<String, RuleFailures>> counters) {
        Map<OfRule, RuleFailures> all = new HashMap<>();
        Map<OfRule, RuleFailures> before = rules.last(instance);
        if (before != null) {
            before.forEach((of, failures) -> {
                if (counters.containsKey(of.version())) {
                    all.put(of, failures);
                }
            });
        }
        counters.forEach((version, ofRules) ->
                ofRules.forEach((rule, failures) -> all.put(new OfRule(version, rule), failures)));
        rules.report(instance, all);
    }

    public void forget(String instance) {
        rules.forget(instance);
    }

    /** Marks the present; called at each look. */
    public void mark(Instant now) {
        rules.mark(now);
    }

    /** A rule was set apart, tried or released: what it did before counts no more. */
    public void changed(String rule, Instant at) {
        Map<OfRule, RuleFailures> counted = rules.sums().entrySet().stream()
                .filter(each -> each.getKey().rule().equals(rule))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        changes.put(rule, new Change(at, counted, Map.copyOf(versions.sums())));
    }

    /** The rules of a version that ever failed, in the order of their names. */
    List<String> failing(long version) {
        return rules.sums().keySet().stream()
                .filter(of -> of.version() == version)
                .map(OfRule::rule)
                .sorted()
                .toList();
    }

    /** What a rule did since then and since its last change, as far as it is known. */
    RuleFailures failuresSince(Instant then, long version, String rule) {
        OfRule of = new OfRule(version, rule);
        Change change = changes.get(rule);
        return change == null || change.at().isBefore(then)
                ? rules.since(then, of)
                : rules.sums()
                        .getOrDefault(of, RuleFailures.NONE)
                        .minus(change.counted().getOrDefault(of, RuleFailures.NONE));
    }

    /** How many events were evaluated with a version since then, and since the last change of the rule. */
    long evaluationsSince(Instant then, long version, String rule) {
        Change change = changes.get(rule);
        return change == null || change.at().isBefore(then)
                ? versions.since(then, version).evaluations()
                : versions.sums()
                        .getOrDefault(version, Figures.NONE)
                        .minus(change.evaluated().getOrDefault(version, Figures.NONE))
                        .evaluations();
    }
}
