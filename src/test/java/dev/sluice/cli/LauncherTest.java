package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/sluice} with a {@code java} that only tells what it was given. */
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then
              echo 'openjdk version "17.0.1"' >&2
            else
              echo "$@"
            fi
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void release() throws IOException {
        for (String folder : new String[] {"bin", "lib", "jdk/bin"}) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.copy(Path.of("bin/sluice"), home.resolve("bin/sluice"));
        Files.createFile(home.resolve("lib/sluice.jar"));
        Path java = Files.writeString(home.resolve("jdk/bin/java"), JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void anEngineHasACollectorThatHoldsLargeTextsUnlessOneIsChosen() throws Exception {
        assertThat(launched("run", "-Xmx1g"))
                .contains("-XX:+UseG1GC -XX:G1HeapRegionSize=8m", "-Xmx1g")
                .endsWith("dev.sluice.cli.Main run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseShenandoahGC", "-Xmx1g -XX:+UseZGC -Xms1g", "-XX:+UseSerialGC"})
    void aChosenCollectorIsTheOnlyOne(String options) throws Exception {
        for (String command : new String[] {"run", "dev", "check"}) {
            assertThat(launched(command, options)).contains(options).containsOnlyOnce("GC ");
        }
    }

    @Test
    void optionsWithSuchWordsInThemChooseNoCollector() throws Exception {
        assertThat(launched("run", "-XX:+UseNUMA -XX:+DisableExplicitGC")).contains("-XX:+UseG1GC");
    }

    private String launched(String command, String options) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", home.resolve("bin/sluice").toString(), command);
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().put("SLUICE_JAVA_OPTS", options);
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.strip();
    }
}
