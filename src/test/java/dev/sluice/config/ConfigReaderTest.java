package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
    @TempDir
    Path folder;

    @Test
    void laysEnvironmentOverTheFileAndOptionsOverBoth() throws Exception {
        Path file = write(
                "sluice.yaml",
                "application: shop\nkafka: { bootstrap.servers: [a:1, b:2], security.protocol: SSL }\nengine: { workers: 3 }\n");
        SluiceConfig config = ConfigReader.read(new ConfigSources(
                        Optional.of(file),
                        Map.of("SLUICE_ENGINE_WORKERS", "5", "SLUICE_SERDE_SCHEMA_REGISTRY_URL", "mock://m"),
                        Map.of("engine.workers", "7", "prefix", "mine")))
                .value()
                .orElseThrow();

        assertThat(config.application()).isEqualTo("shop");
        assertThat(config.kafka())
                .containsEntry("bootstrap.servers", "a:1,b:2")
                .containsEntry("security.protocol", "SSL");
        assertThat(config.serde()).containsEntry("schema.registry.url", "mock://m");
        assertThat(config.engine().workers()).isEqualTo(7);
        assertThat(config.topics().names().control()).isEqualTo("mine.control");
    }

    @Test
    void namesEveryProblemWithItsPlace() throws Exception {
        Path file =
                write("sluice.yaml", "aplication: x\nengine:\n  workers: many\nkafka: { sasl.jaas.config: secret }\n");
        Reading<SluiceConfig> reading = ConfigReader.read(
                new ConfigSources(Optional.of(file), Map.of("SLUICE_APPLICATON", "x"), Map.of("enigne.workers", "2")));

        assertThat(reading.problems()).extracting(ConfigProblem::line).contains(1, 3);
        assertThat(reading.problems().toString())
                .contains(
                        "did you mean `application`?", "'many'", "SLUICE_APPLICATION", "did you mean `engine.workers`?")
                .doesNotContain("secret");
    }

    @Test
    void readsHowWindowsAreKept() throws Exception {
        Path file = write(
                "sluice.yaml",
                "engine: { windows: { store: memory, cacheKeys: 7, idleCloseMs: 250, keepStateOfPrevious: 1h30m } }\n");
        SluiceConfig config = ConfigReader.read(
                        new ConfigSources(Optional.of(file), Map.of("SLUICE_ENGINE_WINDOWS_CACHE_KEYS", "8"), Map.of()))
                .orThrow();

        assertThat(config.engine().windows())
                .isEqualTo(new WindowsConfig(WindowsConfig.StoreKind.MEMORY, 8, 250, 5_400_000));
        assertThat(ConfigReader.read(new ConfigSources(Optional.empty(), Map.of(), Map.of()))
                        .orThrow()
                        .engine()
                        .windows())
                .isEqualTo(WindowsConfig.DEFAULT);
    }

    @Test
    void refusesUnknownStoresAndDurations() throws Exception {
        Path file = write(
                "sluice.yaml", "engine: { windows: { store: disk, keepStateOfPrevious: an hour, idleCloseMs: 0 } }\n");
        Reading<SluiceConfig> reading = ConfigReader.read(new ConfigSources(Optional.of(file), Map.of(), Map.of()));

        assertThat(reading.problems()).hasSize(3);
        assertThat(reading.problems().toString())
                .contains("'disk' is neither memory nor rocksdb", "'an hour' is no duration", "idleCloseMs: '0'");
    }

    @Test
    void refusesANamedFileThatDoesNotExist() {
        Reading<SluiceConfig> reading =
                ConfigReader.read(new ConfigSources(Optional.of(folder.resolve("no.yaml")), Map.of(), Map.of()));
        assertThat(reading.problems()).singleElement().asString().contains("no.yaml: there is no such file");
    }

    @Test
    void readsTheTopicsThatTheProjectShips() {
        TopicsConfig topics = TopicsReader.read(Path.of("topics.yaml"), Optional.empty())
                .value()
                .orElseThrow();
        assertThat(topics.own()).extracting(TopicSpec::name).first().isEqualTo("sluice.control");
        assertThat(topics.own().get(0).settings())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("min.compaction.lag.ms", "604800000");
        assertThat(topics.own().get(5).partitions()).isEqualTo(4);
        assertThat(topics.events()).singleElement().satisfies(flight -> {
            assertThat(flight.keyField()).isEqualTo("origin");
            assertThat(flight.topic().settings()).containsEntry("retention.ms", "-1");
        });
    }

    @Test
    void reportsEveryMistakeInTheTopics() throws Exception {
        write(
                "f.avsc",
                "{\"type\":\"record\",\"name\":\"Flight\",\"fields\":[{\"name\":\"origin\",\"type\":\"string\"}]}");
        Path file = write("topics.yaml", """
                own: { control: { partitions: 3, settings: { cleanup.policy: delete } } }
                events:
                  - { type: Fligth, topic: f, schema: f.avsc, key: orgin, timestamp: origin }
                  - { type: Other, topic: f, schema: none.avsc, partitoins: 2 }
                """);
        Reading<TopicsConfig> reading = TopicsReader.read(file, Optional.empty());

        assertThat(reading.problems().toString())
                .contains("has one partition", "is compacted", "'Fligth' is not the name", "did you mean `origin`?")
                .contains("name a long", "declared twice", "no schema file", "did you mean `partitions`?");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
