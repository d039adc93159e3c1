package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Publication;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.AuditLog;
import dev.sluice.control.Deployments;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.e2e.RolloutLedger.Served;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.serde.SingleObject;
import dev.sluice.testing.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Three engine processes under a steady load: a canary that throws, and a process that stands still. */
class CanaryUnderLoadIT {
    private static final int EVENTS_PER_SECOND = 300;
    private static final String CANARY =
            "{strategy: canary, stages: [50, 100], stageDuration: 1m, advance: manual, health: default}";

    /** What the product promises from the breach until the old version has every key on every instance. */
    private static final long BACK_WITHIN_MS = 3_000;

    /** Of the policy {@code default}. */
    private static final double ERROR_RATE = 0.01;

    private static final int MINIMUM_SAMPLE = 100;
    private static final double Z = 2.576;

    @Test
    void aCanaryThatThrowsIsTakenBackEverywhereAndNothingIsLostTwiceOrMiscounted() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            publish(sandbox, 1, null);
            try (EngineProcesses engines = EngineProcesses.start(sandbox)) {
                engines.awaitServing(FaultyRollout.RULESET, 1, EngineProcesses.NAMES);
                FaultyRollout.Flow flow = FaultyRollout.Flow.begin(sandbox, EVENTS_PER_SECOND);
                awaitSent(flow, 3 * EVENTS_PER_SECOND);
                publish(sandbox, 2, CANARY);
                awaitState(sandbox, DeploymentState.RolledBack.class);
                engines.awaitServing(FaultyRollout.RULESET, 1, EngineProcesses.NAMES);
                awaitSent(flow, flow.sent() + 3 * EVENTS_PER_SECOND);
                long sent = flow.stop();
                sandbox.awaitEvaluated();

                RolloutLedger ledger = RolloutLedger.read(sandbox, sent);
                ledger.assertOneVersionEach();
                ledger.assertBackForGood();
                ledger.assertCounted();
                assertBackInTime(sandbox, ledger.served(), takenBackAt(sandbox));
            }
        }
    }

    @Test
    void aFrozenProcessHoldsAVersionUpUntilItsDeadlineAndFollowsWhenItReturns() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            publish(sandbox, 1, null);
            try (EngineProcesses engines = EngineProcesses.start(sandbox)) {
                FaultyRollout.Flow flow = FaultyRollout.Flow.begin(sandbox, EVENTS_PER_SECOND);
                String frozen = engines.follower();
                List<String> others = EngineProcesses.NAMES.stream()
                        .filter(name -> !name.equals(frozen))
                        .toList();
                engines.process(frozen).freeze();
                publish(sandbox, 1, "{activation: all, deadline: 5s}");
                Deployment failed = awaitState(sandbox, DeploymentState.Failed.class);
                assertThat(((DeploymentState.Failed) failed.state()).reason())
                        .contains("not prepared within 5", frozen)
                        .doesNotContain(others.get(0), others.get(1));
                assertThat(failed.routing().stable()).isEqualTo(1);

                publish(sandbox, 1, "{activation: 60%}");
                engines.awaitServing(FaultyRollout.RULESET, 3, others);
                engines.process(frozen).thaw();
                engines.awaitServing(FaultyRollout.RULESET, 3, EngineProcesses.NAMES);
                long sent = flow.stop();
                sandbox.awaitEvaluated();

                RolloutLedger ledger = RolloutLedger.read(sandbox, sent);
                ledger.assertCounted();
                assertThat(ledger.served()).extracting(Served::version).containsOnly(1L, 3L);
            }
        }
    }

    /** @param text version whose text is published, as the next one */
    private static void publish(Sandbox sandbox, long text, String strategy) {
        try (Publication publication = new Publication(sandbox.config("publisher"))) {
            assertThat(publication.publish(new RulesetPublisher.Request(
                            FaultyRollout.RULESET,
                            FaultyRollout.rules(text) + "description: \"" + strategy + "\"\n",
                            "test",
                            "",
                            OptionalLong.empty(),
                            strategy)))
                    .isInstanceOf(RulesetPublisher.Published.class);
        }
    }

    private static void awaitSent(FaultyRollout.Flow flow, long events) {
        Awaitility.await().atMost(Sandbox.LIMIT).until(() -> flow.sent() >= events);
    }

    private static Deployment awaitState(Sandbox sandbox, Class<? extends DeploymentState> state) {
        SluiceConfig config = sandbox.config("reader");
        try (Deployments deployments =
                Deployments.read(config.topics().names().control(), config.kafka(), Sandbox.LIMIT)) {
            return Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(
                            () -> {
                                deployments.poll(Duration.ofMillis(50), deployment -> {});
                                return deployments.of(FaultyRollout.RULESET).filter(of -> state.isInstance(of.state()));
                            },
                            Optional::isPresent)
                    .orElseThrow();
        }
    }

    /** Sees that it was taken back by itself. */
    private static Instant takenBackAt(Sandbox sandbox) {
        SluiceConfig config = sandbox.config("reader");
        try (AuditLog audit = AuditLog.fromBeginning(config.topics().names().audit(), config.kafka(), Sandbox.LIMIT)) {
            List<AuditEvent> steps = audit.poll(Duration.ZERO).stream()
                    .filter(event -> event.getKind() == AuditKind.TRANSITION
                            && Long.valueOf(2).equals(event.getVersion()))
                    .toList();
            assertThat(steps)
                    .extracting(AuditEvent::getWhat)
                    .containsExactly("Preparing", "RollingOut", "RollingBack", "RolledBack");
            assertThat(steps.get(2).getActor()).isEqualTo("sluice");
            assertThat(steps.get(2).getReason()).contains("evaluations failed, more than 1.00 %");
            return steps.get(2).getAt();
        }
    }

    /** From the event whose failure first broke the bound, to the last instance's report that it is back. */
    private static void assertBackInTime(Sandbox sandbox, List<Served> events, Instant decided) {
        long breachMs = breachMs(events);
        Map<String, Long> back = backMs(sandbox, breachMs);
        assertThat(back).as("instances that are back").containsOnlyKeys(EngineProcesses.NAMES);
        long lastMs = back.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        long lastServedMs = events.stream()
                .filter(event -> event.version() == 2)
                .mapToLong(Served::sentMs)
                .max()
                .orElseThrow();
        System.out.printf(
                "after the breach: decided %d ms, last event of the candidate %d ms, instances back %s ms%n",
                decided.toEpochMilli() - breachMs,
                lastServedMs - breachMs,
                back.values().stream().map(ms -> ms - breachMs).toList());
        assertThat(Math.max(lastMs, lastServedMs) - breachMs)
                .as("ms from the breach until all are back")
                .isBetween(0L, BACK_WITHIN_MS);
    }

    /**
     * When the event was sent by which the candidate broke its bound: of what the whole fleet evaluated with it so far, in the
     * order of sending, so many failed that the lower end of the interval is over the bound, the minimum sample given. All that
     * follows, the evaluation of that event too, is part of the time that is measured.
     */
    private static long breachMs(List<Served> events) {
        int evaluated = 0;
        int failed = 0;
        for (Served event : events) {
            if (event.version() == 2) {
                evaluated++;
                failed += FaultyRollout.throwsOn(event.number()) ? 1 : 0;
                if (evaluated >= MINIMUM_SAMPLE && atLeast(failed, evaluated) > ERROR_RATE) {
                    return event.sentMs();
                }
            }
        }
        throw new AssertionError("the candidate kept to its bound: " + failed + " of " + evaluated + " failed");
    }

    /** Wilson's interval, its lower end. */
    private static double atLeast(int failed, int of) {
        double share = (double) failed / of;
        double square = Z * Z / of;
        return (share + square / 2 - Z * Math.sqrt(share * (1 - share) / of + square / (4 * of))) / (1 + square);
    }

    /** Times of the first reports after the breach by which every thread has read that version 1 has all keys. */
    private static Map<String, Long> backMs(Sandbox sandbox, long breachMs) {
        SingleObject codec = new SingleObject();
        Map<String, Long> back = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                sandbox.committed(sandbox.config("reader").topics().names().status())) {
            String instance = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null || record.timestamp() < breachMs) {
                continue;
            }
            InstanceStatus status = codec.decode(record.value(), InstanceStatus.class);
            if (EngineProcesses.serves(status, FaultyRollout.RULESET, 1)) {
                back.putIfAbsent(instance, record.timestamp());
            } else {
                back.remove(instance);
            }
        }
        return back;
    }
}
