package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.RulesEngine;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Rule files of megabytes on their way through Kafka. */
class LargeRulesetIT {
    private static final int RULES = 10_000;

    @Test
    void publishesAndInstallsTenThousandRules() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine engine = sandbox.start("large");
            Path file = sandbox.folder().resolve("many.yaml");
            Files.writeString(file, rules());
            assertThat(Files.size(file)).isGreaterThan(2_000_000);

            CommandRun run = CommandRun.in(sandbox, "publish", file.toString(), "--timeout", "120");

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("many version 1: active on 1 instance");
            assertThat(run.code()).isZero();
            assertThat(engine).isNotNull();
        }
    }

    @Test
    void saysWhichLimitAFileIsOver() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            limit(sandbox, 1_000_000);
            Path file = sandbox.folder().resolve("many.yaml");
            Files.writeString(file, rules());

            CommandRun run = CommandRun.in(sandbox, "publish", file.toString());

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out() + run.err())
                    .contains(
                            "too-large",
                            "max.message.bytes",
                            sandbox.config("any").topics().names().control());
        }
    }

    private static String rules() {
        StringBuilder text = new StringBuilder("ruleset: many\nrules:\n");
        for (int i = 0; i < RULES; i++) {
            text.append("""
                      - id: delay-%1$d
                        description: Flights that are more than %1$d minutes late and go to one airport
                        from: Flight
                        when: delay_minutes > %1$d && destination == 'A%1$d'
                        emit: { type: Late, fields: { origin: origin } }
                    """.formatted(i));
        }
        return text.toString();
    }

    private static void limit(Sandbox sandbox, int bytes) throws Exception {
        String control = sandbox.config("any").topics().names().control();
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, control);
        ConfigEntry entry = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
        try (Admin admin =
                Admin.create(new HashMap<String, Object>(sandbox.config("any").kafka()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
