package dev.sluice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerFolderTest {
    @TempDir
    Path kept;

    @Test
    void deletesATemporaryFolderOnClose() throws Exception {
        BrokerFolder folder = BrokerFolder.open(Optional.empty());
        Files.createDirectories(folder.logs().resolve("topic-0"));
        Path root = folder.logs().getParent();

        folder.close();

        assertThat(root).doesNotExist();
    }

    @Test
    void keepsANamedFolderAndGivesItBackOnClose() throws Exception {
        try (BrokerFolder folder = BrokerFolder.open(Optional.of(kept))) {
            Files.createDirectories(folder.logs());
            Files.createFile(folder.logs().resolve("meta.properties"));
        }
        try (BrokerFolder again = BrokerFolder.open(Optional.of(kept))) {
            assertThat(again.isFormatted()).isTrue();
        }
    }

    @Test
    void refusesAFolderInUse() {
        try (BrokerFolder held = BrokerFolder.open(Optional.of(kept))) {
            assertThatThrownBy(() -> BrokerFolder.open(Optional.of(kept)))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("choose another folder");
            assertThat(held.isFormatted()).isFalse();
        }
    }

    @Test
    void namesAPathThatIsNoFolder() throws Exception {
        Path file = Files.createFile(kept.resolve("file"));
        assertThatThrownBy(() -> BrokerFolder.open(Optional.of(file)))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining(file.toString());
    }
}
