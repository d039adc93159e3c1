package dev.sluice.deployment;

import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.Quarantine.State;
import dev.sluice.deployment.QuarantineDecision.Change;
import dev.sluice.text.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One look at the rules of a ruleset. One use. */
final class QuarantineLook {
    private static final String GONE = "no version has this rule any more";

    private final RuleSituation situation;
    private final Instant now;
    private final Map<String, Quarantine> quarantines;
    private final List<Change> changes = new ArrayList<>();

    QuarantineLook(RuleSituation situation) {
        this.situation = situation;
        this.now = situation.now();
        this.quarantines = new TreeMap<>(situation.quarantines());
    }

    List<Change> changes() {
        return changes;
    }

    /** Lets go of rules that can no longer be evaluated. */
    void clearUp() {
        for (Quarantine quarantine : situation.quarantines().values()) {
            if (isGone(quarantine)) {
                release(quarantine, GONE, RuleFigures.NONE);
            }
        }
    }

    private boolean isGone(Quarantine quarantine) {
        Deployment of = situation.deployment();
        if (of == null) {
            return true;
        }
        return LongStream.concat(LongStream.of(of.version()), of.before().stream())
                .filter(of::mayServe)
                .allMatch(version -> situation.digests().isKnown(version) && !says(version, quarantine));
    }

    /** Whether a version has the very rule. */
    private boolean says(long version, Quarantine quarantine) {
        return situation
                .digests()
                .of(version, quarantine.rule())
                .filter(quarantine.digest()::equals)
                .isPresent();
    }

    /** Ends the trials that have been long enough, and those with a breach. Every version that serves counts. */
    void tryOut() {
        for (Quarantine quarantine : List.copyOf(quarantines.values())) {
            if (!quarantine.isApart()) {
                tryOut(quarantine);
            }
        }
    }

    private void tryOut(Quarantine quarantine) {
        List<Long> serving =
                serving().filter(version -> says(version, quarantine)).toList();
        RuleBudget budget = situation.budget().ofTrial();
        RuleFigures all = RuleFigures.NONE;
        for (long version : serving) {
            RuleFigures seen = since(quarantine.since(), version, quarantine.rule());
            Optional<String> breach = seen.breach(budget);
            if (breach.isPresent()) {
                String reason = "on trial " + breach.get();
                change(quarantine.of(version).in(State.APART, now, itself(reason)), reason, seen);
                return;
            }
            all = all.plus(seen);
        }
        boolean isOver = quarantine.until() == null || !quarantine.until().isAfter(now);
        if (isOver && serving.isEmpty() && serving().allMatch(situation.digests()::isKnown)) {
            release(quarantine, "its trial is over: no version that serves has this rule", all);
        } else if (isOver && all.evaluations() >= budget.sample()) {
            String text = "its trial is over: it failed %d times in %d evaluations"
                    .formatted(all.failures().errors(), all.evaluations());
            release(quarantine, text, all);
        }
    }

    private Stream<Long> serving() {
        Deployment of = situation.deployment();
        if (of == null) {
            return Stream.empty();
        }
        Deployment.Routing routing = of.routing();
        return Stream.concat(Stream.ofNullable(routing.stable()), Stream.ofNullable(routing.candidate()));
    }

    /** Sets rules apart that are over their budget. */
    void judge() {
        Deployment of = situation.deployment();
        if (of == null) {
            return;
        }
        serving()
                .filter(version -> !isJudgedByHealth(of, version))
                .forEach(version -> situation.history().failing(version).forEach(rule -> judge(version, rule)));
    }

    /** Whether the version is taken back when it fails. */
    private static boolean isJudgedByHealth(Deployment of, long version) {
        boolean isWatched =
                version == of.version() && of.isWatched() && of.before().isPresent();
        return isWatched && of.spec().health().onBreach() == HealthPolicy.OnBreach.ROLLBACK;
    }

    private void judge(long version, String rule) {
        RuleBudget budget = situation.budget();
        Instant windowStart = now.minus(budget.window());
        if (!situation.history().failuresSince(windowStart, version, rule).matter(budget)) {
            return;
        }
        RuleFigures seen = since(windowStart, version, rule);
        Optional<String> digest = situation.digests().of(version, rule);
        Optional<String> breach = seen.breach(budget);
        if (breach.isPresent() && digest.isPresent() && !isTaken(rule, digest.get())) {
            String reason = "within " + TimeText.of(budget.window()) + " " + breach.get();
            Quarantine apart = new Quarantine(
                    situation.ruleset(), rule, digest.get(), version, State.APART, now, null, itself(reason));
            change(apart, reason, seen);
        }
    }

    /** One rule of a name at a time: a version that serves must not lose its quarantine to another version's rule. */
    private boolean isTaken(String rule, String digest) {
        Quarantine standing = quarantines.get(rule);
        return standing != null
                && (standing.digest().equals(digest) || serving().anyMatch(version -> says(version, standing)));
    }

    private RuleFigures since(Instant then, long version, String rule) {
        RuleFailures failures = situation.history().failuresSince(then, version, rule);
        return new RuleFigures(situation.history().evaluationsSince(then, version, rule), failures);
    }

    private void change(Quarantine next, String reason, RuleFigures seen) {
        changes.add(new Change(quarantines.put(next.rule(), next), next, itself(reason), seen));
    }

    private void release(Quarantine before, String reason, RuleFigures seen) {
        quarantines.remove(before.rule());
        changes.add(new Change(before, null, itself(reason), seen));
    }

    private static Origin itself(String reason) {
        return new Origin(Course.ITSELF.actor(), reason);
    }
}
