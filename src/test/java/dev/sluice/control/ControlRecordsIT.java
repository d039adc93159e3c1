package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.ruleset.Digest;
import dev.sluice.schema.RulesetVersion;
import dev.sluice.serde.AvroSerializer;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.ControlWriter;
import dev.sluice.testing.Sandbox;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Records on the control topic of a running engine that no careful publisher wrote. */
class ControlRecordsIT {
    private static final String NAME = "kept";

    @Test
    void theLastGoodVersionGoesOnAndTheStatusTellsEveryRefusal() {
        try (Sandbox sandbox = Sandbox.create();
                ControlWriter writer = new ControlWriter(sandbox.config("writer"))) {
            RulesEngine engine = sandbox.start("reading");
            sandbox.publish(NAME, rules(1));

            writer.garbage("ruleset/kept/2");
            writer.write("ruleset/kept/3", new byte[] {0, 0, 0, 3, 9, 2, 2});
            writer.wrongDigest(NAME, 4, rules(4));
            writer.version(NAME, 5, rules(5).replace("Flight", "Fligt"));
            writer.version(NAME, 6, "ruleset: [");
            writer.version(NAME, 1, rules(7));
            long last = writer.garbage("nonsense");
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> engine.current().image().offset() >= last);

            JsonNode status = awaitStatus(sandbox, last);
            JsonNode kept = status.path("rulesets").get(0);
            assertThat(kept.path("active").asLong()).isEqualTo(1);
            assertThat(kept.path("inUse").asBoolean()).isTrue();
            assertThat(kept.path("refused"))
                    .allSatisfy(refused -> assertThat(refused.path("problems")).isNotEmpty());
            assertThat(kept.path("refused").findValuesAsText("code"))
                    .contains("digest-mismatch", "version-not-higher", "unknown-event-type");
            assertThat(problemOf(kept, 2)).contains("cannot be read");
            assertThat(problemOf(kept, 3)).contains("777");
            assertThat(problemOf(kept, 5)).contains("Flight");
            assertThat(status.path("unreadable").get(0).path("key").asText()).isEqualTo("nonsense");
            CommandRun table = CommandRun.in(sandbox, "status");
            assertThat(table.out())
                    .contains(
                            "refused: kept version 2",
                            "refused: kept version 6",
                            "unreadable control record 'nonsense'");
        }
    }

    @Test
    void aVersionInTheConfluentWireFormatBecomesActive() {
        try (Sandbox sandbox = Sandbox.create();
                ControlWriter writer = new ControlWriter(sandbox.config("writer"))) {
            RulesEngine engine = sandbox.start("reading");
            writer.write("ruleset/kept/1", confluent(sandbox.config("writer")));

            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> engine.current().active().byName().containsKey(NAME));
            assertThat(engine.current().active().byName().get(NAME).digest()).isEqualTo(Digest.of(rules(1)));
        }
    }

    private static JsonNode awaitStatus(Sandbox sandbox, long controlOffset) {
        return Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(
                        () -> CommandRun.in(sandbox, "status", "--output", "json")
                                .json()
                                .path("instances")
                                .path(0),
                        status -> status.path("controlOffset").asLong() >= controlOffset);
    }

    private static String problemOf(JsonNode ruleset, long version) {
        for (JsonNode refused : ruleset.path("refused")) {
            if (refused.path("version").asLong() == version) {
                return refused.path("problems").get(0).path("message").asText();
            }
        }
        throw new AssertionError("version " + version + " is not refused: " + ruleset);
    }

    private static byte[] confluent(SluiceConfig config) {
        try (AvroSerializer serializer = new AvroSerializer()) {
            serializer.configure(config.serde(), false);
            return serializer.serialize(
                    config.topics().names().control(),
                    new RulesetVersion(NAME, 1L, rules(1), Digest.of(rules(1)), null, "other", "", Instant.now()));
        }
    }

    private static String rules(long threshold) {
        return "ruleset: kept\nrules:\n  - id: late\n    from: Flight\n    when: delay_minutes > " + threshold
                + "\n    emit: { type: Late, fields: { late: delay_minutes } }\n";
    }
}
