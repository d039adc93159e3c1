package dev.sluice.window;

/** Which end of time. */
enum Edge {
    EARLIEST {
        @Override
        boolean replaces(long timeMs, long keptMs) {
            return timeMs < keptMs;
        }
    },
    LATEST {
        @Override
        boolean replaces(long timeMs, long keptMs) {
            return timeMs >= keptMs;
        }
    };

    /** Whether a value replaces the kept one, which arrived before it. */
    abstract boolean replaces(long timeMs, long keptMs);
}
