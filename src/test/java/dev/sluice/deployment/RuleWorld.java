package dev.sluice.deployment;

import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.RollingOut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A ruleset with rules of which some fail, instances that evaluate it, a topic of quarantines, and who decides about them. */
final class RuleWorld implements RuleDigests {
    static final String RULESET = "payments";
    static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final int EVENTS = 10;

    final RuleBudget budget;
    /** Version to rule to what it says. */
    final SortedMap<Long, SortedMap<String, String>> texts = new TreeMap<>();
    /** Versions that do not compile where it is decided. */
    final List<Long> unknown = new ArrayList<>();
    /** What a rule says to the share of events in which it fails. */
    final Map<String, Double> failing = new HashMap<>();
    /** The same of those that it holds up. */
    final Map<String, Double> slow = new HashMap<>();

    final List<RuleInstance> instances = new ArrayList<>();
    /** What stood on the topic after each change. */
    final List<SortedMap<String, Quarantine>> topic = new ArrayList<>(List.of(new TreeMap<>()));

    final List<String> told = new ArrayList<>();

    private final Map<String, RuleInstance.Report> heard = new HashMap<>();

    @Nullable Deployment deployment;

    int events = EVENTS;
    private Instant now = NOON;
    private HealthHistory health = new HealthHistory(NOON);
    private RuleHistory history = new RuleHistory(health);

    RuleWorld(RuleBudget budget) {
        this.budget = budget;
    }

    Instant now() {
        return now;
    }

    /** A version with rules, {@code late: a}. */
    void version(long version, String... rules) {
        SortedMap<String, String> byId = new TreeMap<>();
        for (String rule : rules) {
            byId.put(rule.split(": ", -1)[0], rule);
        }
        texts.put(version, byId);
    }

    /** The version serves all keys; of the others the last one did before. */
    void active(long version, Long... before) {
        deployment = deployment(version, new Active(now, null), DeploymentSpec.DEFAULT, before);
    }

    void baking(long version, DeploymentSpec spec, Long... before) {
        deployment = deployment(version, new Active(now, now.plus(spec.bake())), spec, before);
    }

    /** Half of the keys are the version's. */
    void splits(long version, DeploymentSpec spec, Long... before) {
        deployment = deployment(version, new RollingOut(now, 0, KeySplit.BUCKETS / 2, false), spec, before);
    }

    private static Deployment deployment(long version, DeploymentState state, DeploymentSpec spec, Long... before) {
        Origin origin = new Origin("ci", "");
        return new Deployment(RULESET, version, version, spec, state, List.of(before), version, false, origin);
    }

    SortedMap<String, Quarantine> quarantines() {
        return topic.get(topic.size() - 1);
    }

    /** Word of the state of a rule; empty when it is as any other. */
    String state(String rule) {
        Quarantine quarantine = quarantines().get(rule);
        return quarantine == null ? "" : quarantine.state().word();
    }

    /** Seconds pass in which nothing is lost or late. */
    void pass(long seconds) {
        for (long i = 0; i < seconds; i++) {
            tick(Duration.ofSeconds(1));
            instances.forEach(instance -> {
                instance.read = topic.size() - 1;
                instance.evaluate(this, events);
                hear(instance.report());
            });
            look();
        }
    }

    void tick(Duration time) {
        now = now.plus(time);
    }

    void hear(RuleInstance.Report report) {
        heard.put(report.run(), report);
        count(report);
    }

    private void count(RuleInstance.Report report) {
        health.report(report.run(), report.evaluations());
        history.report(report.run(), report.failures());
    }

    void look() {
        health.mark(now);
        history.mark(now);
        take(QuarantineDecider.look(situation()));
    }

    /** A command; what is said to it. */
    Answer release(String rule) {
        QuarantineDecision decision =
                QuarantineDecider.release(new Command.Release(rule), new Origin("anna", ""), situation());
        take(decision);
        return Objects.requireNonNull(decision.answer());
    }

    /** Another decider, which has the last report of each instance and no figures. */
    void takeOver() {
        health = new HealthHistory(now);
        history = new RuleHistory(health);
        heard.values().forEach(this::count);
    }

    private RuleSituation situation() {
        return new RuleSituation(RULESET, now, deployment, quarantines(), history, this, budget);
    }

    private void take(QuarantineDecision decision) {
        for (QuarantineDecision.Change change : decision.changes()) {
            SortedMap<String, Quarantine> next = new TreeMap<>(quarantines());
            String rule = change.subject().rule();
            Quarantine before = change.next() == null ? next.remove(rule) : next.put(rule, change.next());
            if (!Objects.equals(before, change.before())) {
                throw new AssertionError("changed from " + change.before() + " where there was " + before);
            }
            topic.add(next);
            history.changed(rule, now);
            String from = change.from().isEmpty() ? "" : change.from() + " -> ";
            told.add("%ds %s of version %d: %s%s (%s: %s)"
                    .formatted(
                            Duration.between(NOON, now).toSeconds(),
                            rule,
                            change.subject().version(),
                            from,
                            change.to(),
                            change.origin().actor(),
                            change.origin().reason()));
        }
    }

    @Override
    public boolean isKnown(long version) {
        return texts.containsKey(version) && !unknown.contains(version);
    }

    @Override
    public Optional<String> of(long version, String rule) {
        return isKnown(version)
                ? Optional.ofNullable(Objects.requireNonNull(texts.get(version)).get(rule))
                : Optional.empty();
    }
}
