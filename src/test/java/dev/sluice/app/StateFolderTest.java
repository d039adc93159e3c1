package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFolderTest {
    @TempDir
    private Path states;

    private Path file() {
        return states.resolve("me").resolve("cluster");
    }

    private StateFolder claim(String clusterId) {
        return StateFolder.claim(states, "me", clusterId);
    }

    @Test
    void belongsToTheClusterThatItWasMadeFor() throws IOException {
        claim("abc-1").close();
        assertThat(file()).hasContent("cluster.id=abc-1");
        try (StateFolder again = claim("abc-1")) {
            assertThat(again.path()).isEqualTo(states.resolve("me"));
            assertThat(again.instance()).isEqualTo("me");
        }
    }

    @Test
    void isRefusedToAnEngineOfAnotherCluster() {
        claim("abc-1").close();
        assertThatThrownBy(() -> claim("xyz-2"))
                .isInstanceOf(StateFolderException.class)
                .hasMessageContainingAll(
                        states.resolve("me").toString(), "abc-1", "xyz-2", "engine.stateDir", "delete");
        try (StateFolder still = claim("abc-1")) {
            assertThat(still.instance()).isEqualTo("me");
        }
    }

    @Test
    void isRefusedWhenItsFileIsDamaged() throws IOException {
        claim("abc-1").close();
        for (String damaged : new String[] {"", "cluster.id=", "abc-1", "cluster.id=a b"}) {
            Files.writeString(file(), damaged);
            assertThatThrownBy(() -> claim("abc-1"))
                    .isInstanceOf(StateFolderException.class)
                    .hasMessageContainingAll(file().toString(), "damaged", "cluster.id=ID", "delete the folder");
        }
    }

    @Test
    void saysWhatIsWrongWithAFolderThatCannotBeUsed() throws IOException {
        Files.writeString(states.resolve("me"), "a file");
        assertThatThrownBy(() -> claim("abc-1"))
                .isInstanceOf(StateFolderException.class)
                .hasMessageContainingAll(states.toString(), "cannot be used", "engine.stateDir");
    }

    @Test
    void aSecondEngineOfTheNameTakesAFolderOfItsOwn() {
        try (StateFolder first = claim("abc-1");
                StateFolder second = claim("abc-1")) {
            assertThat(first.instance()).isEqualTo("me");
            assertThat(second.instance()).isEqualTo("me-2");
            assertThat(second.path().resolve("cluster")).hasContent("cluster.id=abc-1");
        }
    }
}
