package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Answer.Refusal;
import dev.sluice.deployment.Command.Move;
import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Failed;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.deployment.FleetView.Instance;
import dev.sluice.deployment.Situation.Candidate;
import dev.sluice.deployment.Strategy.Advance;
import dev.sluice.deployment.Strategy.Winner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in every state: what becomes of it, or the code of the refusal. */
final class ForbiddenMovesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Strategy CANARY =
            new Strategy.Canary(List.of(10, 50, 100), Duration.ofMinutes(5), Advance.MANUAL);
    private static final Strategy TEST = new Strategy.AbTest(0.5, Duration.ofHours(1), Winner.MANUAL);
    private static final Strategy LATER = new Strategy.Scheduled(NOW.plusSeconds(60), CANARY);
    private static final RollingOut STAGE = new RollingOut(NOW.minusSeconds(60), 0, 1_000, false);

    /**
     * Versions 1 to 4 are on the topic, 1 and 2 were active before, 3 is deployed, and the fleet is prepared for it. Codes:
     * VNF version not found, NPV no previous version, ATN activation time not reached, NAD no active deployment, STN stage
     * time not over, NA not allowed now.
     */
    private static final String TABLE = """
            state            activate   activate-3 activate-2 activate-4 activate-9 advance pause  resume     promote abort       rollback    rollback-1  rollback-2  rollback-3 rollback-9
            none             NAD        Active     Preparing  Preparing  VNF        NAD     NAD    NAD        NAD     NAD         NAD         NAD         NAD         NAD        NAD
            preparing        NA         NA         NA         Preparing  VNF        NA      NA     NA         NA      RolledBack  RolledBack  RollingBack RolledBack  NA         VNF
            preparing-first  NA         NA         Preparing  Preparing  VNF        NA      NA     NA         NA      RolledBack  NPV         VNF         VNF         NA         VNF
            staged           RollingOut RollingOut NA         Preparing  VNF        NA      NA     NA         Active  RolledBack  RolledBack  RollingBack RolledBack  NA         VNF
            scheduled        ATN        ATN        NA         Preparing  VNF        NA      NA     NA         ATN     RolledBack  RolledBack  RollingBack RolledBack  NA         VNF
            canary           NA         NA         NA         Preparing  VNF        STN     Paused NA         Active  RollingBack RollingBack RollingBack RollingBack NA         VNF
            ab-test          NA         NA         NA         Preparing  VNF        NA      Paused NA         Active  RollingBack RollingBack RollingBack RollingBack NA         VNF
            paused           NA         NA         NA         Preparing  VNF        NA      NA     RollingOut Active  RollingBack RollingBack RollingBack RollingBack NA         VNF
            rolling-back     NA         NA         NA         Preparing  VNF        NAD     NAD    NAD        NAD     NAD         NAD         NAD         NAD         NAD        NAD
            active           NAD        NA         Preparing  Preparing  VNF        NAD     NAD    NAD        NAD     NAD         RollingBack RollingBack RollingBack NA         VNF
            active-first     NAD        NA         Preparing  Preparing  VNF        NAD     NAD    NAD        NAD     NAD         NPV         VNF         VNF         NA         VNF
            rolled-back      NAD        RollingOut NA         Preparing  VNF        NAD     NAD    NAD        NAD     NAD         NAD         RollingBack NA          VNF        VNF
            failed           NAD        RollingOut NA         Preparing  VNF        NAD     NAD    NAD        NAD     NAD         NAD         RollingBack NA          VNF        VNF
            """;

    private static final Map<String, Refusal> CODES = Map.of(
            "VNF", Refusal.VERSION_NOT_FOUND,
            "NPV", Refusal.NO_PREVIOUS_VERSION,
            "ATN", Refusal.ACTIVATION_TIME_NOT_REACHED,
            "NAD", Refusal.NO_ACTIVE_DEPLOYMENT,
            "STN", Refusal.STAGE_TIME_NOT_OVER,
            "NA", Refusal.NOT_ALLOWED);

    static List<Arguments> cells() {
        List<String> rows = TABLE.lines().toList();
        List<String> commands = List.of(rows.get(0).split(" +"));
        List<Arguments> cells = new ArrayList<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cell = row.split(" +", -1);
            for (int i = 1; i < cell.length; i++) {
                cells.add(Arguments.of(cell[0], commands.get(i), cell[i]));
            }
        }
        return cells;
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @MethodSource("cells")
    void eachCommandIsAcceptedOrRefusedByState(String state, String command, String expected) {
        Deployment before = deployment(state);
        Decision decision = Decider.command(before, command(move(command)), situation(Set.of(3L)));
        Refusal code = CODES.get(expected);
        if (code == null) {
            assertThat(decision.answer())
                    .isInstanceOfSatisfying(
                            Answer.Accepted.class,
                            accepted -> assertThat(accepted.state().word()).isEqualTo(expected));
            assertThat(decision.next().orElseThrow().state().word()).isEqualTo(expected);
            assertThat(decision.transitions()).isNotEmpty();
        } else {
            assertRefused(decision, code);
        }
    }

    private static void assertRefused(Decision decision, Refusal code) {
        assertThat(decision.answer()).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.message())
                    .startsWith(code.title() + ": ")
                    .contains("payments")
                    .contains("; ");
        });
        assertThat(decision.next()).isEmpty();
        assertThat(decision.transitions()).isEmpty();
    }

    @Test
    void theTableHasEveryStateAndEveryCommand() {
        Set<Class<?>> states = new HashSet<>();
        Set<Class<?>> moves = new HashSet<>();
        cells().forEach(cell -> {
            Deployment of = deployment((String) cell.get()[0]);
            if (of != null) {
                states.add(of.state().getClass());
            }
            moves.add(move((String) cell.get()[1]).getClass());
        });
        assertThat(states).containsExactlyInAnyOrder(DeploymentState.class.getPermittedSubclasses());
        moves.add(Command.Settings.class); // no move of a deployment
        moves.add(Command.Release.class); // no move of a deployment
        assertThat(moves).containsExactlyInAnyOrder(Move.class.getPermittedSubclasses());
    }

    @Test
    void nothingIsPromotedThatAnInstanceCannotServe() {
        for (String state : List.of("staged", "canary", "paused")) {
            assertRefused(
                    Decider.command(deployment(state), command(new Command.Promote()), situation(Set.of())),
                    Refusal.NOT_PREPARED);
        }
        assertRefused(
                Decider.command(deployment("staged"), command(new Command.Activate(null)), situation(Set.of())),
                Refusal.NOT_PREPARED);
    }

    @Test
    void anUnwellCanaryIsNotAdvanced() {
        Deployment of = deployment("canary");
        Situation later = situation(Set.of(3L));
        HealthHistory health = new HealthHistory(NOW.minusSeconds(100));
        health.report("a/1", Map.of());
        Figures bad = new Figures(1_000, 50, 0, 0, 1_000, 1_000_000, Latencies.NONE);
        health.report("a/1", Map.of(3L, bad));
        Situation situation =
                new Situation(later.ruleset(), NOW.plusSeconds(300), later.candidates(), later.fleet(), health, 0);
        assertRefused(Decider.command(of, command(new Command.Advance()), situation), Refusal.NOT_HEALTHY);
    }

    private static Command command(Move move) {
        return new Command("c1", new Origin("anna", ""), move);
    }

    private static Move move(String name) {
        String[] parts = name.split("-", -1);
        @Nullable Long version = parts.length == 1 ? null : Long.valueOf(parts[1]);
        return switch (parts[0]) {
            case "activate" -> new Command.Activate(version);
            case "rollback" -> new Command.Rollback(version);
            case "advance" -> new Command.Advance();
            case "pause" -> new Command.Pause();
            case "resume" -> new Command.Resume();
            case "promote" -> new Command.Promote();
            default -> new Command.Abort();
        };
    }

    private static @Nullable Deployment deployment(String name) {
        Instant since = NOW.minusSeconds(60);
        return switch (name) {
            case "none" -> null;
            case "preparing" -> deployment(CANARY, new Preparing(since, NOW.plusSeconds(60)));
            case "preparing-first" ->
                deployment(CANARY, new Preparing(since, NOW.plusSeconds(60))).withLineage(List.of());
            case "staged" -> deployment(CANARY, new Staged(since, null, "waits"));
            case "scheduled" -> deployment(LATER, new Staged(since, NOW.plusSeconds(60), "scheduled"));
            case "canary" -> deployment(CANARY, STAGE);
            case "ab-test" -> deployment(TEST, STAGE);
            case "paused" -> deployment(CANARY, new Paused(NOW, STAGE, "paused"));
            case "rolling-back" -> deployment(CANARY, new RollingBack(since, "aborted"));
            case "active" -> deployment(CANARY, new Active(since, NOW.plusSeconds(60)));
            case "active-first" -> deployment(CANARY, new Active(since, null)).withLineage(List.of());
            case "rolled-back" -> deployment(CANARY, new RolledBack(since, "aborted"));
            case "failed" -> deployment(CANARY, new Failed(since, "a refused it"));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Deployment deployment(Strategy strategy, DeploymentState state) {
        return new Deployment(
                "payments",
                3,
                7,
                DeploymentSpec.DEFAULT.with(strategy),
                state,
                List.of(1L, 2L),
                3,
                false,
                new Origin("ci", ""));
    }

    private static Situation situation(Set<Long> prepared) {
        TreeMap<Long, Candidate> candidates = new TreeMap<>();
        for (long version = 1; version <= 4; version++) {
            DeploymentSpec spec = DeploymentSpec.DEFAULT.with(version == 3 ? CANARY : new Strategy.BlueGreen());
            candidates.put(version, new Candidate(version, spec, false, new Origin("ci", "")));
        }
        Instance instance = new Instance("a", NOW, Duration.ofSeconds(4), prepared, Map.of(), 3L, 3L);
        return new Situation(
                "payments",
                NOW,
                candidates,
                new FleetView(List.of(instance), Duration.ofSeconds(45)),
                new HealthHistory(NOW.minusSeconds(1_000)),
                0);
    }
}
