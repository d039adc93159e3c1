package dev.sluice.deployment;

import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.HealthPolicy.OnBreach;
import dev.sluice.deployment.Strategy.Advance;
import dev.sluice.deployment.Strategy.Winner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Specifications and deployments made at random. */
public final class RandomDeployments {
    private final Random random;

    public RandomDeployments(Random random) {
        this.random = random;
    }

    /** Any that is legal. */
    public DeploymentSpec spec() {
        return new DeploymentSpec(
                random.nextInt(4) == 0 ? new Strategy.Scheduled(instant(), atOnce(1_000_000)) : atOnce(1_000_000),
                new Activation(1 + random.nextInt(100)),
                millis(60_000),
                millis(60_000),
                millis(60_000),
                new HealthPolicy(
                        random.nextDouble(),
                        Duration.ofNanos(1_000L * (1 + random.nextInt(1_000_000))),
                        random.nextInt(1_000),
                        1 + random.nextDouble(),
                        random.nextInt(3),
                        1 + random.nextInt(1_000),
                        millis(100_000),
                        pick(OnBreach.values())));
    }

    /** One whose times are seconds, from {@code now}. */
    DeploymentSpec quick(Instant now) {
        Strategy strategy = atOnce(8_000);
        if (random.nextInt(6) == 0) {
            strategy = new Strategy.Scheduled(now.plusMillis(random.nextInt(20_000)), strategy);
        }
        return new DeploymentSpec(
                strategy,
                random.nextInt(4) == 0 ? new Activation(34 + random.nextInt(66)) : Activation.ALL,
                millis(8_000).plusSeconds(2),
                random.nextInt(4) == 0 ? millis(5_000) : Duration.ZERO,
                random.nextInt(3) == 0 ? Duration.ZERO : millis(10_000),
                new HealthPolicy(
                        0.01,
                        Duration.ofMillis(10),
                        100,
                        random.nextBoolean() ? 2 : 0,
                        random.nextBoolean() ? 1.5 : 0,
                        50,
                        millis(6_000).plusSeconds(1),
                        random.nextInt(4) == 0 ? OnBreach.PAUSE : OnBreach.ROLLBACK));
    }

    private Strategy atOnce(int durationMs) {
        return switch (random.nextInt(3)) {
            case 0 -> new Strategy.BlueGreen();
            case 1 -> new Strategy.Canary(stages(), millis(durationMs), pick(Advance.values()));
            default ->
                new Strategy.AbTest(0.01 + 0.98 * random.nextDouble(), millis(durationMs), pick(Winner.values()));
        };
    }

    private List<Integer> stages() {
        TreeSet<Integer> stages = new TreeSet<>(List.of(100));
        for (int more = random.nextInt(4); more > 0; more--) {
            stages.add(1 + random.nextInt(99));
        }
        return List.copyOf(stages);
    }

    /** One in any state. */
    public Deployment deployment() {
        List<Long> lineage = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            lineage.add((long) random.nextInt(50));
        }
        return new Deployment(
                text(),
                1 + random.nextInt(1_000),
                1 + random.nextInt(1_000),
                spec(),
                state(),
                lineage,
                1_000 + random.nextInt(1_000),
                random.nextBoolean(),
                new Origin(text(), random.nextBoolean() ? "" : text()));
    }

    private DeploymentState state() {
        Instant since = instant();
        return switch (random.nextInt(8)) {
            case 0 -> new DeploymentState.Preparing(since, instant());
            case 1 -> new DeploymentState.Staged(since, random.nextBoolean() ? null : instant(), text());
            case 2 -> rolling();
            case 3 -> new DeploymentState.Active(since, random.nextBoolean() ? null : instant());
            case 4 -> new DeploymentState.Paused(since, rolling(), text());
            case 5 -> new DeploymentState.RollingBack(since, text());
            case 6 -> new DeploymentState.RolledBack(since, text());
            default -> new DeploymentState.Failed(since, text());
        };
    }

    private DeploymentState.RollingOut rolling() {
        return new DeploymentState.RollingOut(
                instant(), random.nextInt(10), 1 + random.nextInt(KeySplit.BUCKETS - 1), random.nextBoolean());
    }

    private Instant instant() {
        return Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt());
    }

    private Duration millis(int bound) {
        return Duration.ofMillis(1 + random.nextInt(bound));
    }

    private String text() {
        return "text " + random.nextInt(1_000) + (random.nextBoolean() ? "" : " \"é\" \n%");
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
