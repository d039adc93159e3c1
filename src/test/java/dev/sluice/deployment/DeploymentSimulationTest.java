package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Three instances and a decider in a world where everything goes wrong: versions are refused, reports are late, lost or come
 * twice, instances crash, freeze and come back, deciders die before and after they have written, clocks differ. Reproduce
 * with {@code -Dsluice.seed=SEED}.
 */
final class DeploymentSimulationTest {
    private static final int WORLDS = 100;
    private static final int STEPS = 1_200;
    /** Longer than all stages of any deployment of the simulation, each with its time twice, and its bake time. */
    private static final int CALM_STEPS = 600;

    @Test
    void whateverHappensEachKeyHasOneVersionAndEachDeploymentEnds() {
        long first = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("DeploymentSimulationTest: -Dsluice.seed=" + first);
        Map<String, Integer> reached = new TreeMap<>();
        for (int i = 0; i < WORLDS; i++) {
            long seed = first + i;
            Invariants invariants = new Invariants(seed);
            SimulatedWorld world = new SimulatedWorld(new Random(seed), invariants);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
            world.calmDown();
            for (int step = 0; step < CALM_STEPS; step++) {
                world.step();
            }
            invariants.ended(world);
            invariants.reached.forEach((what, count) -> reached.merge(what, count, Integer::sum));
        }
        System.out.println("DeploymentSimulationTest: " + reached);
        for (Class<?> state : DeploymentState.class.getPermittedSubclasses()) {
            assertThat(reached).containsKey(state.getSimpleName());
        }
        for (Class<?> move : Command.Move.class.getPermittedSubclasses()) {
            boolean isOfDeployment = move != Command.Settings.class && move != Command.Release.class;
            if (isOfDeployment) {
                assertThat(reached).containsKey(move.getSimpleName().toLowerCase(Locale.ROOT) + " accepted");
            }
        }
    }
}
