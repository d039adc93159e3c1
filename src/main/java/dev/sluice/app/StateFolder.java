package dev.sluice.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
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

    /** @throws UncheckedIOException when the folder cannot be made or written */
    static StateFolder claim(Path stateDir, String instance) {
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
            throw new UncheckedIOException("the state folder " + stateDir + " cannot be used: " + e.getMessage(), e);
        }
        throw new IllegalStateException(MAX_ENGINES + " engines use the state folder " + stateDir + " already");
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
