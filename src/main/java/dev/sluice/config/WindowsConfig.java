package dev.sluice.config;

/**
 * How the state of windows is kept.
 *
 * @param cacheKeys keys that one task keeps as objects, at most; the others are read from the store when they come again
 * @param idleCloseMs so long without an event, and stream time goes on with the wall clock
 * @param keepStateOfPreviousMs how long state stays after the last version that used it
 */
public record WindowsConfig(StoreKind store, int cacheKeys, long idleCloseMs, long keepStateOfPreviousMs) {

    /** Where state is between two events. All kinds are also written to a changelog topic. */
    public enum StoreKind {
        /** All of it in memory; a start reads the whole changelog. */
        MEMORY,
        /** In files of the state folder, so that memory need not hold it; a start after a clean stop reads on. */
        ROCKSDB
    }

    /** What holds where nothing is said. */
    public static final WindowsConfig DEFAULT = new WindowsConfig(StoreKind.ROCKSDB, 50_000, 5_000, 3_600_000);
}
