package dev.sluice.engine;

/**
 * How much window state a rule has.
 *
 * @param reset of the state's identity: what the author wrote to begin anew
 * @param isUsed false for what an earlier version left, until it is removed
 * @param bytes of keys and values in the store, without what a store needs besides
 */
public record WindowSize(String ruleset, String rule, String reset, boolean isUsed, long keys, long bytes) {

    WindowSize plus(WindowSize other) {
        return new WindowSize(ruleset, rule, reset, isUsed || other.isUsed, keys + other.keys, bytes + other.bytes);
    }
}
