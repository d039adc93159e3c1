package dev.sluice.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder for Kafka Streams that this engine alone uses, locked as long as it runs: {@code STATE_DIR/INSTANCE}, or with
 * {@code -2}, {@code -3} ... behind it where another engine of this machine has taken that.
 *
 * <p>The name is the instance's id, the same after a restart, also after a kill, so the status shows one entry for it.
 */
final class StateFolder implements AutoCloseable {
    private static final int MAX_ENGINES = 64;

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private StateFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes a folder for an engine of a cluster.
     *
     * @throws StateFolderException when it cannot be made or written, or belongs to another cluster
     */
    static StateFolder claim(Path stateDir, String instance, String clusterId) {
        StateFolder claimed = claim(stateDir, instance);
        try {
            FolderCluster.demand(claimed.path(), clusterId);
            return claimed;
        } catch (IOException e) {
            claimed.close();
            throw unusable(claimed.path(), e);
        } catch (StateFolderException e) {
            claimed.close();
            throw e;
        }
    }

    private static StateFolderException unusable(Path folder, IOException cause) {
        String reason = cause instanceof AccessDeniedException
                ? "no right to read and write " + cause.getMessage()
                : cause.toString();
        return new StateFolderException(
                "the state folder " + folder + " cannot be used: " + reason + "; engine.stateDir"
                        + " (SLUICE_ENGINE_STATE_DIR) must name a folder that the engine's user may write",
                cause);
    }

    private static StateFolder claim(Path stateDir, String instance) {
        try {
            for (int n = 1; n <= MAX_ENGINES; n++) {
                Path folder = stateDir.resolve(n == 1 ? instance : instance + "-" + n);
                Files.createDirectories(folder);
                StateFolder claimed = lock(folder);
                if (claimed != null) {
                    return claimed;
                }
            }
        } catch (IOException e) {
            throw unusable(stateDir, e);
        }
        throw new StateFolderException(MAX_ENGINES + " engines use the state folder " + stateDir + " already: give this"
                + " one another engine.stateDir (SLUICE_ENGINE_STATE_DIR)");
    }

    private static @Nullable StateFolder lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(".engine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new StateFolder(folder, channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            // Taken by another engine of this JVM.
        }
        channel.close();
        return null;
    }

    Path path() {
        return folder;
    }

    String instance() {
        return folder.getFileName().toString();
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + folder + " was not released", e);
        }
    }
}
