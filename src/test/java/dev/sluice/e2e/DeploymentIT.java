package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EngineParts;
import dev.sluice.app.Publication;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.AuditLog;
import dev.sluice.control.Commands;
import dev.sluice.control.Deployments;
import dev.sluice.control.Fleet;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.deployment.Command;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.evaluation.Arms;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import dev.sluice.schema.InstanceState;
import dev.sluice.testing.ChildEngine;
import dev.sluice.testing.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Deployments over a fleet, through the real topics. */
class DeploymentIT {
    private static final String NAME = OneVersionEach.RULESET;
    private static final String CANARY =
            "{strategy: canary, stages: [10, 50, 100], stageDuration: 200ms, advance: manual}";

    @Test
    void oneInstanceThatRefusesKeepsAllOnTheOldVersionAndTheReasonNamesIt() {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine one = sandbox.start("one");
            RulesEngine two = sandbox.start("two");
            RulesEngine poor = sandbox.start("poor", withoutDistance(sandbox));
            sandbox.publish(NAME, rules("delay_minutes > 1"));

            Publication.Result refused = publish(sandbox, rules("distance_miles > 1"), null);

            assertThat(refused.kind()).isEqualTo(Publication.Kind.REFUSED);
            assertThat(refused.text()).contains("poor refused it", "distance_miles", "version 1 stays active");
            assertThat(List.of(one, two, poor))
                    .allSatisfy(engine -> assertThat(running(engine)).isEqualTo(1));
            assertThat(publish(sandbox, rules("delay_minutes > 2"), null).kind())
                    .isEqualTo(Publication.Kind.ACTIVE);
        }
    }

    @Test
    void aVersionThatAQuorumActivatesClosesTheInstanceThatCannotServeIt() {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine one = sandbox.start("one");
            RulesEngine two = sandbox.start("two");
            RulesEngine poor = sandbox.start("poor", withoutDistance(sandbox));
            sandbox.publish(NAME, rules("delay_minutes > 1"));
            publishUnwaited(sandbox, rules("distance_miles > 1"), "{activation: 60%}");

            Awaitility.await().atMost(Sandbox.LIMIT).untilAsserted(() -> {
                assertThat(running(one)).isEqualTo(2);
                assertThat(running(two)).isEqualTo(2);
                assertThat(poor.status().getState()).isEqualTo(InstanceState.WAITING);
                assertThat(poor.status().getStateReason()).contains("does not compile here", "distance_miles");
                assertThat(poor.status().getWorkers())
                        .as("its partitions are others'")
                        .isEmpty();
            });
            publishUnwaited(sandbox, rules("delay_minutes > 2"), null);
            Awaitility.await().atMost(Sandbox.LIMIT).untilAsserted(() -> {
                assertThat(running(poor)).isEqualTo(3);
                assertThat(poor.status().getState()).isEqualTo(InstanceState.RUNNING);
            });
        }
    }

    @Test
    void aCanaryGoesByCommandAndEveryCommandIsAnswered() {
        try (Sandbox sandbox = Sandbox.create();
                Commands commands = EngineParts.commands(sandbox.config("operator"), Clock.systemUTC())) {
            List<RulesEngine> fleet = List.of(sandbox.start("one"), sandbox.start("two"), sandbox.start("three"));
            sandbox.publish(NAME, OneVersionEach.rules(1));

            Publication.Result staged = publish(sandbox, OneVersionEach.rules(2), staged());
            assertThat(staged.kind()).isEqualTo(Publication.Kind.STAGED);
            assertThat(fleet).allSatisfy(engine -> assertThat(running(engine)).isEqualTo(1));
            assertThat(send(commands, new Command.Activate(null)).text()).isEqualTo("RollingOut");
            awaitWeight(fleet, 1000);
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> send(commands, new Command.Advance()).isAccepted());
            awaitWeight(fleet, 5000);
            assertThat(send(commands, new Command.Promote()).text()).isEqualTo("Active");
            awaitRunning(fleet, 2);

            assertThat(send(commands, new Command.Rollback(null)).isAccepted()).isTrue();
            awaitRunning(fleet, 1);
            awaitState(sandbox, DeploymentState.RolledBack.class);
            Commands.Answer again = send(commands, new Command.Rollback(null));
            assertThat(again.isAccepted()).isFalse();
            assertThat(again.text()).isNotEmpty();
            assertThat(send(commands, new Command.Activate(2L)).isAccepted()).isTrue();
            awaitWeight(fleet, 1000);
            assertThat(send(commands, new Command.Abort()).isAccepted()).isTrue();
            awaitState(sandbox, DeploymentState.RolledBack.class);
            awaitRunning(fleet, 1);

            assertThat(steps(sandbox, 2))
                    .startsWith(
                            "Preparing", "Staged", "RollingOut", "RollingOut", "Active", "RollingBack", "RolledBack");
        }
    }

    @Test
    void anotherInstanceGoesOnWhereTheOneThatDecidedLeft() {
        try (Sandbox sandbox = Sandbox.create();
                Commands commands = EngineParts.commands(sandbox.config("operator"), Clock.systemUTC())) {
            List<RulesEngine> fleet =
                    new ArrayList<>(List.of(sandbox.start("one"), sandbox.start("two"), sandbox.start("three")));
            sandbox.publish(NAME, OneVersionEach.rules(1));
            publishUnwaited(sandbox, OneVersionEach.rules(2), CANARY);
            awaitWeight(fleet, 1000);

            RulesEngine decider = decider(fleet);
            fleet.remove(decider);
            decider.close();
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> send(commands, new Command.Advance()).isAccepted());
            awaitWeight(fleet, 5000);
            assertThat(send(commands, new Command.Promote()).isAccepted()).isTrue();
            awaitRunning(fleet, 2);
        }
    }

    @Test
    void anotherInstanceGoesOnWhenTheOneThatDecidedIsKilled() {
        try (Sandbox sandbox = Sandbox.create();
                Commands commands = EngineParts.commands(sandbox.config("operator"), Clock.systemUTC())) {
            ChildEngine killed = sandbox.startChild("killed");
            publishUnwaited(sandbox, OneVersionEach.rules(1), null);
            awaitState(sandbox, DeploymentState.Active.class);
            List<RulesEngine> fleet = List.of(sandbox.start("one"), sandbox.start("two"));
            publishUnwaited(sandbox, OneVersionEach.rules(2), CANARY);
            awaitWeight(fleet, 1000);
            killed.kill();

            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> send(commands, new Command.Advance()).isAccepted());
            awaitWeight(fleet, 5000);
        }
    }

    @Test
    void aFrozenInstanceHoldsAVersionUpUntilItsDeadlineAndFollowsWhenItReturns() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine one = sandbox.start("one");
            ChildEngine frozen = sandbox.startChild("frozen");
            try (Publication publication = new Publication(sandbox.config("publisher"))) {
                Awaitility.await().atMost(Sandbox.LIMIT).until(() -> instances(sandbox) == 2);
                assertThat(publication
                                .await(published(publication, OneVersionEach.rules(1), null), Sandbox.LIMIT)
                                .kind())
                        .isEqualTo(Publication.Kind.ACTIVE);
                frozen.freeze();
                Publication.Result held = publication.await(
                        published(publication, OneVersionEach.rules(2), "{deadline: 5s}"), Sandbox.LIMIT);
                assertThat(held.kind()).isEqualTo(Publication.Kind.REFUSED);
                assertThat(held.text()).contains("not prepared within 5", "frozen");
                assertThat(running(one)).isEqualTo(1);

                frozen.thaw();
                Awaitility.await().atMost(Sandbox.LIMIT).until(() -> instances(sandbox) == 2);
                Publication.Result after =
                        publication.await(published(publication, OneVersionEach.rules(3), null), Sandbox.LIMIT);
                assertThat(after.kind()).isEqualTo(Publication.Kind.ACTIVE);
                assertThat(after.text()).contains("2 instances");
            }
        }
    }

    private static int instances(Sandbox sandbox) {
        SluiceConfig config = sandbox.config("reader");
        try (Fleet fleet = Fleet.read(config.topics().names().status(), config.kafka(), Sandbox.LIMIT)) {
            return fleet.live(Instant.now()).size();
        }
    }

    private static String staged() {
        return CANARY.replace("}", ", stageOnly: true, bake: 1m}");
    }

    private static Commands.Answer send(Commands commands, Command.Move move) {
        return commands.send(new Commands.Request(NAME, move, "operator", ""), Duration.ofSeconds(40))
                .orElseThrow();
    }

    private static void publishUnwaited(Sandbox sandbox, String rules, String strategy) {
        try (Publication publication = new Publication(sandbox.config("publisher"))) {
            published(publication, rules, strategy);
        }
    }

    private static Publication.Result publish(Sandbox sandbox, String rules, String strategy) {
        try (Publication publication = new Publication(sandbox.config("publisher"))) {
            return publication.await(published(publication, rules, strategy), Sandbox.LIMIT);
        }
    }

    private static RulesetPublisher.Published published(Publication publication, String rules, String strategy) {
        return (RulesetPublisher.Published) publication.publish(
                new RulesetPublisher.Request(NAME, rules, "test", "", OptionalLong.empty(), strategy));
    }

    private static long running(RulesEngine engine) {
        return engine.current().active().byName().get(NAME).version();
    }

    private static RulesEngine decider(List<RulesEngine> fleet) {
        return fleet.stream()
                .filter(engine -> engine.status().getFigures().get("decides") == 1)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitRunning(List<RulesEngine> fleet, long version) {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .untilAsserted(() -> assertThat(fleet).allSatisfy(engine -> {
                    assertThat(running(engine)).isEqualTo(version);
                    assertThat(engine.current().arms().rollouts()).isEmpty();
                }));
    }

    private static void awaitWeight(List<RulesEngine> fleet, int weight) {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .untilAsserted(() -> assertThat(fleet)
                        .allSatisfy(engine -> assertThat(engine.current().arms().rollouts())
                                .extracting(Arms.Rollout::weight)
                                .containsExactly(weight)));
    }

    private static void awaitState(Sandbox sandbox, Class<? extends DeploymentState> state) {
        SluiceConfig config = sandbox.config("reader");
        try (Deployments deployments =
                Deployments.read(config.topics().names().control(), config.kafka(), Sandbox.LIMIT)) {
            Awaitility.await().atMost(Sandbox.LIMIT).until(() -> {
                deployments.poll(Duration.ofMillis(50), deployment -> {});
                return deployments
                        .of(NAME)
                        .map(Deployment::state)
                        .filter(state::isInstance)
                        .isPresent();
            });
        }
    }

    private static List<String> steps(Sandbox sandbox, long version) {
        SluiceConfig config = sandbox.config("reader");
        try (AuditLog audit = AuditLog.fromBeginning(config.topics().names().audit(), config.kafka(), Sandbox.LIMIT)) {
            return audit.poll(Duration.ZERO).stream()
                    .filter(event -> event.getKind() == AuditKind.TRANSITION)
                    .filter(event -> Long.valueOf(version).equals(event.getVersion()))
                    .map(AuditEvent::getWhat)
                    .toList();
        }
    }

    /** A topics file by which flights have no distance. */
    private static Map<String, String> withoutDistance(Sandbox sandbox) {
        try {
            Path folder = Files.createDirectories(sandbox.folder().resolve("poor/schemas"));
            String schema = Files.readString(Path.of("schemas/events/Flight.avsc"));
            String field = "\"distance_miles\"";
            assertThat(schema).contains(field);
            Files.writeString(folder.resolve("Flight.avsc"), schema.replace(field, "\"length\""));
            Path topics = folder.resolveSibling("topics.yaml");
            Files.writeString(topics, Files.readString(sandbox.topicsFile()));
            return Map.of("topics", topics.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rules(String condition) {
        return "ruleset: proof\nrules:\n  - id: r\n    from: Flight\n    when: " + condition
                + "\n    emit: { type: Late, fields: { late: delay_minutes } }\n";
    }
}
