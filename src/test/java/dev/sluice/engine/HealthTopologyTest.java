package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.deployment.Decider;
import dev.sluice.deployment.Decision;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.Figures;
import dev.sluice.deployment.FleetView;
import dev.sluice.deployment.HealthHistory;
import dev.sluice.deployment.KeySplit;
import dev.sluice.deployment.Latencies;
import dev.sluice.deployment.Situation;
import dev.sluice.deployment.Strategy;
import dev.sluice.schema.VersionFigures;
import dev.sluice.settings.SettingsInForce;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real rules on real events of two versions side by side, their figures as the engine takes them, and what the decider makes of
 * those. The clock is the test's: an evaluation takes as long as the test says, whatever else the machine does.
 */
final class HealthTopologyTest {
    private static final Instant BEGUN = Instant.parse("2026-12-01T08:00:00Z");
    private static final int HALF = KeySplit.BUCKETS / 2;
    private static final int ENOUGH = 400;
    private static final int TOO_FEW = 80;
    private static final int DELAY = 45;

    /** Of an evaluation, at least. */
    private static final long STABLE_NS = 400_000;

    /** How much longer some take than others. */
    private static final int SPREAD_US = 101;

    private static final KeySplit SPLIT = new KeySplit("rules/2/1");

    private static final SettingsInForce OWN = SettingsInForce.DEFAULT;
    private static final SettingsInForce PATIENT =
            new SettingsInForce(10_000_000, OWN.versionsKept(), OWN.splits(), OWN.budget(), OWN.pace());

    @TempDir
    Path folder;

    private FlightTopology topology;
    private final HealthHistory history = new HealthHistory(BEGUN);
    private Instant now = BEGUN;
    private int sent;
    private double candidateTimes = 1;
    private long clockNs;
    private long evaluationNs;

    @BeforeEach
    void startTheTopology() {
        Workers workers = new Workers(() -> {}, PATIENT, () -> clockNs += evaluationNs);
        topology = new FlightTopology("health-topology", StoreKind.MEMORY, folder, workers);
    }

    @AfterEach
    void stopTheTopology() {
        topology.close();
    }

    private static String rule(String when) {
        return """
                  - id: rule
                    from: Flight
                    when: %s
                    emit: { type: Found, fields: { n: delay_minutes } }
                """.formatted(when);
    }

    /** Each event has a key of its own. */
    private void send(int events) {
        for (int i = 0; i < events; i++) {
            String key = "A" + sent;
            double times = SPLIT.isWithin(HALF, key) ? candidateTimes : 1;
            evaluationNs = (long) (times * (STABLE_NS + sent % SPREAD_US * 1_000L));
            topology.send(key, sent, DELAY);
            sent++;
        }
    }

    /** What the decider does when the engine reports. */
    private Decision decided() {
        now = now.plusSeconds(1);
        history.report(
                "one",
                topology.workers().versionFigures().get("rules").stream()
                        .collect(Collectors.toMap(VersionFigures::getVersion, HealthTopologyTest::figures)));
        history.mark(now);
        Deployment deployment = new Deployment(
                "rules",
                2,
                2,
                DeploymentSpec.DEFAULT.with(
                        new Strategy.Canary(List.of(50, 100), Duration.ofHours(1), Strategy.Advance.AUTOMATIC)),
                new DeploymentState.RollingOut(BEGUN, 0, HALF, false),
                List.of(1L),
                2,
                false,
                new Deployment.Origin("test", ""));
        FleetView fleet = new FleetView(List.of(), Duration.ofMinutes(1));
        return Decider.look(deployment, new Situation("rules", now, Collections.emptySortedMap(), fleet, history, 0));
    }

    private static Figures figures(VersionFigures of) {
        long[] latencies = of.getLatencies().stream().mapToLong(Long::longValue).toArray();
        return new Figures(
                of.getEvaluations(),
                of.getErrors(),
                of.getTimeouts(),
                of.getAlerts(),
                of.getMeasured(),
                of.getNanos(),
                Latencies.of(latencies));
    }

    private void rollOut(String candidate) {
        topology.rollOut(2, candidate, HALF);
        send(1);
        assertThat(decided().transitions()).as("with the first report").isEmpty();
    }

    /** Two versions that find the same, the second taking so many times as long. */
    private Decision decidedOn(double times) {
        topology.publish(1, rule("delay_minutes > 60"));
        send(ENOUGH);
        rollOut(rule("delay_minutes > 61"));
        candidateTimes = times;
        send(2 * ENOUGH);
        return decided();
    }

    @Test
    void aVersionTwiceAsSlowIsTakenBackThoughItIsFarUnderTheAbsoluteLimit() {
        assertThat(decidedOn(2).transitions()).first().satisfies(transition -> {
            assertThat(transition.to()).isEqualTo("RollingBack");
            assertThat(transition.reason()).contains("on average, over 1.5 times the stable version's");
        });
    }

    @Test
    void aVersionThatIsALittleSlowerIsNot() {
        assertThat(decidedOn(1.4).transitions()).isEmpty();
    }

    @Test
    void aVersionThatAlwaysFailsIsJudgedWhenEnoughWasSeenAndNotBefore() {
        topology.publish(1, rule("1000 / delay_minutes > 0"));
        rollOut(rule("1000 / (delay_minutes - " + DELAY + ") > 0"));
        send(TOO_FEW);
        Map<Long, Long> errors = topology.workers().versionFigures().get("rules").stream()
                .collect(Collectors.toMap(VersionFigures::getVersion, VersionFigures::getErrors));
        assertThat(errors.get(2L)).isBetween(1L, (long) TOO_FEW);
        assertThat(errors.get(1L)).isZero();
        assertThat(decided().transitions()).as("of too few").isEmpty();

        send(ENOUGH);
        assertThat(decided().transitions()).first().satisfies(transition -> {
            assertThat(transition.to()).isEqualTo("RollingBack");
            assertThat(transition.reason()).contains("evaluations failed, more than 1.00 %");
        });
    }
}
