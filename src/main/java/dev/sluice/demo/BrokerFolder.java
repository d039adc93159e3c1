package dev.sluice.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of one embedded broker, held by a file lock while the broker lives. */
final class BrokerFolder implements AutoCloseable {
    private final Path root;
    private final Keeping keeping;
    private final FileChannel lockChannel;

    private enum Keeping {
        KEPT,
        TEMPORARY
    }

    private BrokerFolder(Path root, Keeping keeping, FileChannel lockChannel) {
        this.root = root;
        this.keeping = keeping;
        this.lockChannel = lockChannel;
    }

    /** @throws BrokerStartException when another broker holds the folder, or it cannot be written */
    static BrokerFolder open(Optional<Path> kept) {
        try {
            Path root = kept.isPresent()
                    ? Files.createDirectories(kept.get().toAbsolutePath())
                    : Files.createTempDirectory("sluice-broker-");
            return new BrokerFolder(root, kept.isPresent() ? Keeping.KEPT : Keeping.TEMPORARY, lock(root));
        } catch (IOException e) {
            throw new BrokerStartException(
                    "the embedded broker cannot use the folder "
                            + kept.map(Path::toString).orElse("for temporary files") + ": " + e
                            + "; name a folder that this user can write",
                    e);
        }
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** For engines of this broker: what they keep says nothing of another one's topics. */
    Path state() {
        return root.resolve("state");
    }

    boolean isFormatted() {
        return Files.exists(logs().resolve("meta.properties"));
    }

    /** Gives the folder back, and deletes it when it is temporary. */
    @Override
    public void close() {
        try {
            lockChannel.close();
            if (keeping == Keeping.TEMPORARY) {
                delete(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + root + " of the embedded broker could not be cleared", e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new BrokerStartException("another embedded broker uses the folder " + root
                    + "; stop it, or choose another folder for this one");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisJvm) {
            return null;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException goneMeanwhile) {
            // Kafka's own delayed deletion of a segment came first.
        }
    }
}
