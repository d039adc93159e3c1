package dev.sluice.engine;

/**
 * How many records an owner has, and their bytes. Changes are added as they happen; a sweep through the store counts anew,
 * and its result takes the place of what was added.
 */
final class StateCount {
    private long keys;
    private long bytes;
    private long sweptKeys;
    private long sweptBytes;

    long keys() {
        return keys;
    }

    /** Of keys and values. */
    long bytes() {
        return bytes;
    }

    void changed(int keysMore, int bytesMore) {
        keys += keysMore;
        bytes += bytesMore;
    }

    /** A change of a record that the sweep on its way has counted. */
    void changedBehindSweep(int keysMore, int bytesMore) {
        changed(keysMore, bytesMore);
        sweptKeys += keysMore;
        sweptBytes += bytesMore;
    }

    void beginSweep() {
        sweptKeys = 0;
        sweptBytes = 0;
    }

    void swept(int recordBytes) {
        sweptKeys++;
        sweptBytes += recordBytes;
    }

    void endSweep() {
        keys = sweptKeys;
        bytes = sweptBytes;
    }
}
