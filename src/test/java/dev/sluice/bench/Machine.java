package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The machine that the benchmarks run on. */
final class Machine {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final int STOLEN = 8;
    private static final int TICKS_PER_SECOND = 100;

    private Machine() {}

    /**
     * Processor time, of all processors since the start, at which this virtual machine wanted to run and its host ran others: the
     * "steal" of Linux, to 10 ms. Always 0 where the system does not tell.
     */
    static long stolenMs() {
        if (!Files.isReadable(STATISTICS)) {
            return 0;
        }
        try {
            String[] all = Files.readAllLines(STATISTICS).get(0).split(" +");
            return Long.parseLong(all[STOLEN]) * TimeUnit.SECONDS.toMillis(1) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
