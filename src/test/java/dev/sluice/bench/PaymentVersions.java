package dev.sluice.bench;

import dev.sluice.control.DeploymentRecords;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.HealthPolicy;
import dev.sluice.deployment.KeySplit;
import dev.sluice.deployment.Strategy;
import dev.sluice.testing.ControlWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts rules on the control topic for an engine that starts next, in place of all that stood there. Confined to one thread.
 */
final class PaymentVersions {
    static final String RULESET = "payments";
    private static final double TOO_LITTLE_TO_MATTER = 0.0001;

    private final ControlWriter writer;
    private final List<Long> standing = new ArrayList<>();
    private long version;

    /** @param last number of the last version that was ever written; 0 for none */
    PaymentVersions(ControlWriter writer, long last) {
        this.writer = writer;
        this.version = last;
    }

    /** Takes all of it off the topic. Returns the number of the last version. */
    long end() {
        clear();
        return version;
    }

    /** One version, which gets all keys. */
    void whole(List<PaymentRule> rules) {
        clear();
        write(rules);
    }

    /** Two versions of which each has half of the keys; they differ in a constant, and match the same payments. */
    void halves(List<PaymentRule> rules) {
        clear();
        long stable = write(rules);
        List<PaymentRule> changed = new ArrayList<>(rules);
        changed.set(0, rules.get(0).with(rules.get(0).above() + TOO_LITTLE_TO_MATTER));
        long candidate = write(changed);
        writer.write(DeploymentRecords.key(RULESET), DeploymentRecords.value(split(stable, candidate)));
    }

    private static Deployment split(long stable, long candidate) {
        DeploymentSpec byDefault = DeploymentSpec.DEFAULT;
        DeploymentSpec spec = new DeploymentSpec(
                new Strategy.Canary(List.of(50, 100), Duration.ofDays(1), Strategy.Advance.MANUAL),
                byDefault.activation(),
                byDefault.deadline(),
                byDefault.warmup(),
                byDefault.bake(),
                HealthPolicy.DEVELOPMENT);
        return new Deployment(
                RULESET,
                candidate,
                2,
                spec,
                new RollingOut(Instant.now(), 0, KeySplit.BUCKETS / 2, false),
                List.of(stable),
                candidate,
                false,
                new Deployment.Origin("bench", ""));
    }

    private void clear() {
        writer.write(DeploymentRecords.key(RULESET), null);
        standing.forEach(number -> writer.tombstone(RULESET, number));
        standing.clear();
    }

    private long write(List<PaymentRule> rules) {
        version++;
        String[] lines = rules.stream().map(PaymentRule::line).toArray(String[]::new);
        // No two versions have one text.
        String text = PaymentRule.file(RULESET, lines) + "description: \"" + version + "\"\n";
        writer.version(RULESET, version, text);
        standing.add(version);
        return version;
    }
}
