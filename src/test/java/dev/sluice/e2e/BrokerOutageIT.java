package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.EventSender;
import dev.sluice.demo.BrokerOptions;
import dev.sluice.demo.EmbeddedBroker;
import dev.sluice.schema.Alert;
import dev.sluice.testing.BrokerUnderTest;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kafka broker is away: at the start, and under a running engine. */
class BrokerOutageIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @BeforeAll
    static void keepTheTestJvmAlive() {
        BrokerUnderTest.refuseToHaltThisJvm();
    }

    @Test
    void everyCommandSaysInOneLineThatNoBrokerAnswers() throws Exception {
        String servers = "127.0.0.1:" + freePort();
        Path rules = folder.resolve("rules.yaml");
        Files.writeString(rules, OneVersionEach.rules(1));
        Path events = folder.resolve("events.csv");
        Files.writeString(events, "departed_at,origin,destination,delay_minutes,distance_miles\n");
        Map<String, CompletableFuture<CommandRun>> runs = new LinkedHashMap<>();
        for (List<String> command : List.of(
                List.of("status"),
                List.of("publish", rules.toString()),
                List.of("history", "flights"),
                List.of("topics", "apply"),
                List.of("lag"),
                List.of("alerts", "tail"),
                List.of("events", "send", events.toString(), "--topic", "flights"))) {
            List<String> arguments = new ArrayList<>(command);
            arguments.addAll(List.of("--bootstrap-server", servers, "--topics", "topics.yaml"));
            runs.put(
                    command.toString(),
                    CompletableFuture.supplyAsync(() -> CommandRun.of(arguments.toArray(String[]::new))));
        }

        for (Map.Entry<String, CompletableFuture<CommandRun>> run : runs.entrySet()) {
            CommandRun ended = run.getValue().get();
            assertThat(ended.code()).as(run.getKey()).isEqualTo(3);
            assertThat(ended.out()).as(run.getKey()).isEmpty();
            assertThat(ended.err().lines()).as(run.getKey()).hasSize(1);
            assertThat(ended.err()).as(run.getKey()).startsWith("sluice: no Kafka broker answered at " + servers);
        }
    }

    @Test
    void anEngineProcessEndsWithOneLineAndExitCode3() throws Exception {
        String servers = "127.0.0.1:" + freePort();
        Path output = folder.resolve("stdout");
        Path error = folder.resolve("stderr");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile="
                                + Path.of("src/main/resources/logback.xml").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sluice.cli.Main",
                        "run",
                        "--bootstrap-server",
                        servers,
                        "--topics",
                        "topics.yaml")
                .redirectOutput(output.toFile())
                .redirectError(error.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(output).isEmptyFile();
        assertThat(Files.readString(error).lines()).singleElement().asString().contains("no Kafka broker", servers);
    }

    @Test
    void aRunningEngineWaitsForItsBrokerAndLosesNothing() throws Exception {
        BrokerOptions kept = BrokerOptions.keptIn(folder.resolve("broker")).withPort(freePort());
        EmbeddedBroker first = EmbeddedBroker.start(kept);
        try (Sandbox sandbox = Sandbox.on(first.bootstrapServers())) {
            sandbox.start("patient");
            sandbox.publish(OneVersionEach.RULESET, OneVersionEach.rules(1));
            send(sandbox, 0, 500);
            sandbox.awaitEvaluated();
            // These are on their way as the broker stops.
            send(sandbox, 500, 1000);
            first.close();
            assertThat(CommandRun.in(sandbox, "status").code()).isEqualTo(3);

            try (EmbeddedBroker second = EmbeddedBroker.start(kept)) {
                assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
                sandbox.publish(OneVersionEach.RULESET, OneVersionEach.rules(2));
                send(sandbox, 1000, 1500);
                sandbox.awaitEvaluated();

                List<Alert> alerts = sandbox.alerts();
                OneVersionEach.assertExact(alerts, 1500);
                assertThat(alerts).extracting(Alert::getVersion).contains(1L, 2L);
                Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                    JsonNode status = CommandRun.in(sandbox, "status", "--output", "json")
                            .json()
                            .path("instances")
                            .path(0);
                    assertThat(status.path("live").asBoolean()).isTrue();
                    assertThat(status.path("state").asText()).isEqualTo("RUNNING");
                });
                sandbox.close();
            }
        } finally {
            first.close();
        }
    }

    private static void send(Sandbox sandbox, int from, int to) {
        try (EventSender sender = sandbox.sender()) {
            for (int number = from; number < to; number++) {
                sender.send(sandbox.flight(number, number * 31 % 60));
            }
            sender.flush();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
