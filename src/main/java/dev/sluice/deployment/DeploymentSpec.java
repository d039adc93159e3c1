package dev.sluice.deployment;

import java.time.Duration;
import java.util.Map;

/**
 * How a version is to be deployed: what its publisher said, else the ruleset's default, else {@link #DEFAULT}.
 *
 * @param deadline in which the fleet must be prepared
 * @param warmup how long the candidate's own window state is fed before it gets the first key
 * @param bake how long after the last key health is still watched
 */
public record DeploymentSpec(
        Strategy strategy,
        Activation activation,
        Duration deadline,
        Duration warmup,
        Duration bake,
        HealthPolicy health) {
    public static final DeploymentSpec DEFAULT = new DeploymentSpec(
            new Strategy.BlueGreen(),
            Activation.ALL,
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ofMinutes(5),
            HealthPolicy.DEFAULT);

    /** Every part as text, by the path that it has in a rule file: {@code strategy}, {@code health.errorRate}. */
    public Map<String, String> definition() {
        return SpecText.of(this);
    }

    public DeploymentSpec with(Strategy other) {
        return new DeploymentSpec(other, activation, deadline, warmup, bake, health);
    }
}
