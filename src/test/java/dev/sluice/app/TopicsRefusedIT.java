package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.BrokerUnderTest;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import dev.sluice.topics.TopicsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An engine does not start on topics that it cannot work with, and says which and why. */
class TopicsRefusedIT {
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.create();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void refusesAControlTopicThatIsNotCompacted() throws Exception {
        String prefix = BrokerUnderTest.uniquePrefix();
        createControl(prefix, 1, Map.of("cleanup.policy", "delete"));

        assertThatThrownBy(() -> RulesEngine.start(sandbox.config("refused", Map.of("prefix", prefix))))
                .isInstanceOf(TopicsException.class)
                .hasMessageContaining(prefix + ".control: has cleanup.policy delete")
                .hasMessageContaining("needs 'compact'");
    }

    @Test
    void refusesAControlTopicOfThreePartitions() throws Exception {
        String prefix = BrokerUnderTest.uniquePrefix();
        createControl(prefix, 3, Map.of("cleanup.policy", "compact"));
        CommandRun run = run(configWith("prefix: " + prefix + "\n"), sandbox.topicsFile());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("sluice: " + prefix + ".control: has 3 partitions; the control topic needs exactly 1");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void refusesAMissingEventTopic() throws Exception {
        Path topics = sandbox.folder().resolve("more-topics.yaml");
        String declared = Files.readString(sandbox.topicsFile());
        String missing = BrokerUnderTest.uniquePrefix() + "-flights";
        Files.writeString(topics, declared.replace(sandbox.flights().topic().name(), missing));
        CommandRun run = run(sandbox.configFile(), topics);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("missing topics: " + missing, "sluice topics apply");
    }

    @Test
    void refusesToStartWithoutAnEventTopic() throws Exception {
        Path none = sandbox.folder().resolve("no-topics.yaml");
        Files.writeString(none, "events: []\n");
        CommandRun empty = run(sandbox.configFile(), none);
        // Beside this configuration file there is no topics.yaml at all.
        Path lonely = Files.createDirectory(sandbox.folder().resolve("lonely")).resolve("sluice.yaml");
        Files.copy(sandbox.configFile(), lonely);
        CommandRun absent = CommandRun.of("run", "--config", lonely.toString());

        for (CommandRun refused : new CommandRun[] {empty, absent}) {
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("topics.yaml declares no event topic", "events:", "--topics");
            assertThat(refused.err().lines()).hasSize(1);
        }
    }

    private static CommandRun run(Path config, Path topics) {
        return CommandRun.of("run", "--config", config.toString(), "--topics", topics.toString());
    }

    private Path configWith(String more) throws IOException {
        Path config = sandbox.folder().resolve("more-sluice.yaml");
        Files.writeString(config, more + Files.readString(sandbox.configFile()));
        return config;
    }

    private void createControl(String prefix, int partitions, Map<String, String> settings) throws Exception {
        String name = prefix + ".control";
        try (Admin admin =
                Admin.create(new HashMap<String, Object>(sandbox.config("admin").kafka()))) {
            admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> admin.listTopics().names().get().contains(name));
        }
    }
}
