package dev.sluice.control;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.QuarantineDecider;
import dev.sluice.deployment.QuarantineDecision;
import dev.sluice.deployment.RuleSituation;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides about the rules of all rulesets: gives {@link QuarantineDecider} the world, and writes what it decides.
 *
 * <p>Threading: confined to the thread that has the task.
 */
final class Quarantines {
    private final DeciderParts parts;
    private final DeciderStore store;
    private final FleetReports fleet;
    private final DeciderOutput output;
    private final InstalledDigests digests;

    Quarantines(DeciderParts parts, DeciderStore store, FleetReports fleet, DeciderOutput output) {
        this.parts = parts;
        this.store = store;
        this.fleet = fleet;
        this.output = output;
        this.digests = new InstalledDigests(parts.installation());
    }

    /** Rulesets with a rule in quarantine, and those that may get one. */
    Set<String> rulesets() {
        Set<String> rulesets = new TreeSet<>(store.deployments().keySet());
        store.quarantines().values().forEach(quarantine -> rulesets.add(quarantine.ruleset()));
        return rulesets;
    }

    /** What follows from a look at the rules of one ruleset. */
    QuarantineDecision look(String ruleset, Instant now) {
        return QuarantineDecider.look(situation(ruleset, now));
    }

    QuarantineDecision release(String ruleset, Command.Release move, Deployment.Origin origin, Instant now) {
        return QuarantineDecider.release(move, origin, situation(ruleset, now));
    }

    void write(String ruleset, QuarantineDecision decision, Instant now) {
        output.write(decision, now);
        changed(ruleset, decision, now);
    }

    void answer(dev.sluice.schema.Command command, QuarantineDecision decision, Instant now) {
        output.answer(command, decision, now);
        changed(command.getRuleset(), decision, now);
    }

    private void changed(String ruleset, QuarantineDecision decision, Instant now) {
        decision.changes()
                .forEach(change -> fleet.rules(ruleset).changed(change.subject().rule(), now));
    }

    private RuleSituation situation(String ruleset, Instant now) {
        return new RuleSituation(
                ruleset,
                now,
                store.deployment(ruleset).orElse(null),
                store.quarantines(ruleset),
                fleet.rules(ruleset),
                digests.of(ruleset),
                store.inForce(parts.limits().settings()).budget());
    }
}
