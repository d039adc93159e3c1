package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptRegistryTest {
    private static final SchemaText TEXT = SchemaText.of("\"string\"");
    private static final SchemaText NUMBER = SchemaText.of("\"long\"");

    @TempDir
    private Path folder;

    @Test
    void givesTheSameIdsAfterARestartAlsoWhenTheLastLineIsTorn() throws IOException {
        Path file = folder.resolve("registry.jsonl");
        InProcessRegistry first = InProcessRegistry.keptIn(file);
        assertThat(first.register("a-value", TEXT)).isEqualTo(1);
        assertThat(first.register("b-value", NUMBER)).isEqualTo(2);
        assertThat(first.register("b-value", TEXT)).isEqualTo(1);
        assertThat(first.register("b-value", TEXT)).isEqualTo(1);
        Files.writeString(file, "{\"subject\":\"torn", StandardOpenOption.APPEND);

        InProcessRegistry second = InProcessRegistry.keptIn(file);
        assertThat(second.subjects()).containsExactly("a-value", "b-value");
        assertThat(second.versions("b-value")).isEqualTo(2);
        assertThat(second.byId(2).text()).isEqualTo(NUMBER.text());
        assertThat(second.register("c-value", SchemaText.of("\"int\""))).isEqualTo(3);

        assertThat(InProcessRegistry.keptIn(file).byId(3).text()).isEqualTo("\"int\"");
    }
}
