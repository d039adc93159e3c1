package dev.sluice.rule.compile;

/**
 * What links rules to chains: the type that a rule reads and the type that it emits. A rule that goes by the clock reads {@link
 * dev.sluice.rule.Timer#SCOPE}.
 */
interface Chained {
    String reads();

    String emits();

    boolean isWindowed();

    /** The links alone. */
    record Link(String reads, String emits, boolean isWindowed) implements Chained {}
}
