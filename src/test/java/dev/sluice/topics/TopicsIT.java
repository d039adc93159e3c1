package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.ConfigReader;
import dev.sluice.config.ConfigSources;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.BrokerUnderTest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

final class TopicsIT {
    private final String prefix = BrokerUnderTest.uniquePrefix();

    @Test
    void createsWhatIsDeclaredAndThenHasNothingToDo() {
        try (Topics topics = connect(BrokerUnderTest.bootstrapServers(), Topics.DEFAULT_TIMEOUT)) {
            assertThat(topics.apply().created()).contains(prefix + ".control", prefix + ".alerts");
            assertThat(topics.plan().steps()).isEmpty();
        }
    }

    @Test
    void createsNothingBesideAControlTopicThatIsNotCompacted() throws Exception {
        String servers = BrokerUnderTest.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(Set.of(new NewTopic(prefix + ".control", 2, (short) 1)))
                    .all()
                    .get();
            try (Topics topics = connect(servers, Topics.DEFAULT_TIMEOUT)) {
                Topics.Applied applied = topics.apply();
                assertThat(applied.plan().refusals()).hasSize(2);
                assertThat(applied.created()).isEmpty();
            }
            assertThat(admin.listTopics().names().get()).doesNotContain(prefix + ".alerts");
        }
    }

    @Test
    void namesTheServersThatDoNotAnswer() {
        try (Topics topics = connect("127.0.0.1:1", Duration.ofMillis(500))) {
            assertThatThrownBy(topics::plan)
                    .isInstanceOf(ClusterUnreachableException.class)
                    .hasMessageContaining("127.0.0.1:1");
        }
    }

    private Topics connect(String servers, Duration timeout) {
        Map<String, String> options =
                Map.of("prefix", prefix, "topics", "topics.yaml", "kafka.bootstrap.servers", servers);
        SluiceConfig config = ConfigReader.read(new ConfigSources(Optional.empty(), Map.of(), options))
                .value()
                .orElseThrow();
        return Topics.connect(config, timeout);
    }
}
