package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Deployment.Routing;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Failed;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds whatever happens; checked against the world as it is, not as the decider sees it. */
final class Invariants {
    private final String seed;
    private final Map<String, Instant> heard = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    final Map<String, Integer> reached = new TreeMap<>();
    private OptionalLong former = OptionalLong.empty();
    private Instant tookOver = Instant.MIN;
    private int weight;
    private boolean isSentFurtherBack;

    Invariants(long seed) {
        this.seed = "-Dsluice.seed=" + seed;
    }

    void tookOver(Instant now) {
        tookOver = now;
    }

    void heard(String instance, Instant now) {
        heard.put(instance, now);
        known.add(instance);
    }

    void saidGoodbye(String instance) {
        known.remove(instance);
    }

    void answered(Command command, Decision decision, boolean isFirst) {
        assertThat(isFirst).as("%s: one answer to %s", seed, command).isTrue();
        assertThat(decision.answer()).as("%s: an answer to %s", seed, command).isNotNull();
        if (decision.answer() instanceof Answer.Refused) {
            assertThat(decision.next())
                    .as("%s: refused, and yet done: %s", seed, command)
                    .isEmpty();
        } else {
            isSentFurtherBack = command.move() instanceof Command.Rollback rollback && rollback.to() != null;
        }
        String kind = decision.answer() instanceof Answer.Refused ? " refused" : " accepted";
        reached.merge(command.move().word() + kind, 1, Integer::sum);
    }

    /** A record of the decider, and the one before. */
    void written(@Nullable Deployment before, Deployment now, SimulatedWorld world) {
        reached.merge(now.state().word(), 1, Integer::sum);
        boolean isNew = before == null || now.attempt() != before.attempt();
        if (isNew) {
            assertThat(now.attempt()).as(seed).isEqualTo(before == null ? 1 : before.attempt() + 1);
            former = before == null ? OptionalLong.empty() : before.serving();
            weight = 0;
        }
        if (before != null) {
            assertThat(now.seen()).as(seed).isGreaterThanOrEqualTo(before.seen());
        }
        keepsItsWeight(now);
        restoresTheFormerRouting(now);
        if (hasKeys(now) && (isNew || !hasKeys(before))) {
            wasAcknowledgedByAll(now, world);
        }
        isSentFurtherBack = isSentFurtherBack && now.state() instanceof RollingBack;
    }

    private static boolean hasKeys(@Nullable Deployment of) {
        return of != null && (of.rolling().isPresent() || of.state() instanceof Active);
    }

    private void keepsItsWeight(Deployment now) {
        int next =
                now.state() instanceof Active ? KeySplit.BUCKETS : now.routing().weight();
        boolean isTakenBack = now.state() instanceof RollingBack || now.state() instanceof RolledBack;
        assertThat((next == 0 && (isTakenBack || weight == 0)) || next >= weight)
                .as("%s: weight %d after %d of %s", seed, next, weight, now)
                .isTrue();
        weight = next;
    }

    private void restoresTheFormerRouting(Deployment now) {
        boolean isGone = now.state() instanceof RollingBack
                || now.state() instanceof RolledBack
                || now.state() instanceof Failed;
        if (isGone && isSentFurtherBack) {
            former = now.serving();
        } else if (isGone) {
            assertThat(now.serving()).as("%s: what serves after %s", seed, now).isEqualTo(former);
            assertThat(now.routing().candidate()).as("%s: %s", seed, now).isNull();
        }
    }

    private void wasAcknowledgedByAll(Deployment now, SimulatedWorld world) {
        if (now.spec().activation().equals(Activation.ALL)) {
            for (SimulatedInstance instance : world.instances) {
                if (isPresent(instance.id, world.now())) {
                    assertThat(instance.acknowledged)
                            .as("%s: %s has not acknowledged %s", seed, instance.id, now)
                            .contains(now.version());
                }
            }
        }
    }

    /** Not gone: heard of within the time, by who decides now, and without a good-bye. */
    private boolean isPresent(String instance, Instant now) {
        if (!known.contains(instance)) {
            return false;
        }
        Instant last = heard.get(instance).isAfter(tookOver) ? heard.get(instance) : tookOver;
        return !last.plus(SimulatedWorld.GONE_AFTER).isBefore(now);
    }

    /** Who takes over at this moment does nothing that who decides would not do, and blames nobody. */
    void compare(Decision decision, Decision another) {
        another.transitions().forEach(transition -> {
            // A test without figures is over by time alone.
            boolean isByTime = transition.reason().startsWith("the test is over: ");
            boolean isBlamed =
                    transition.to().equals("Failed") || (transition.to().equals("Paused") && !isByTime);
            boolean isSame =
                    decision.transitions().stream().anyMatch(other -> other.to().equals(transition.to()));
            assertThat(isSame || !isBlamed)
                    .as("%s: %s instead of %s", seed, another, decision)
                    .isTrue();
            if (transition.to().equals("RollingBack")) {
                assertThat(isSame)
                        .as("%s: %s instead of %s", seed, another, decision)
                        .isTrue();
            }
        });
    }

    /** On every instance each key has one version, and only one that is on the topic. */
    void afterStep(SimulatedWorld world) {
        for (SimulatedInstance instance : world.instances) {
            Routing routing = instance.routing;
            if (routing != null && routing.candidate() != null) {
                assertThat(routing.stable()).as(seed).isNotNull().isNotEqualTo(routing.candidate());
                assertThat(routing.weight()).as(seed).isBetween(1, KeySplit.BUCKETS - 1);
            } else if (routing != null) {
                assertThat(routing.weight()).as(seed).isZero();
            }
            if (routing != null && routing.prepared() != null) {
                assertThat(routing.prepared()).as(seed).isNotEqualTo(routing.stable());
            }
        }
    }

    /** Nothing is left that time could change. */
    void ended(SimulatedWorld world) {
        Deployment last = world.deployment();
        if (last != null) {
            DeploymentState state = last.state();
            boolean waitsForSomebody = state instanceof Paused
                    || (state instanceof Staged staged && staged.goesOnAt() == null)
                    || (state instanceof RollingOut && isManual(last));
            assertThat(state.isOver() || waitsForSomebody)
                    .as("%s: still %s", seed, last)
                    .isTrue();
            assertThat(state).as(seed).isNotInstanceOf(Preparing.class);
            for (SimulatedInstance instance : world.instances) {
                assertThat(instance.routing)
                        .as("%s: what %s serves", seed, instance.id)
                        .isEqualTo(last.routing());
            }
        }
        assertThat(world.answered).as(seed).hasSize(world.commandsSent());
    }

    private static boolean isManual(Deployment of) {
        return Course.effective(of) instanceof Strategy.Canary canary && canary.advance() == Strategy.Advance.MANUAL;
    }
}
