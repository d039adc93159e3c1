package dev.sluice.rule.compile;

/** What links rules to chains: the type that a rule reads and the type that it emits. */
interface Chained {
    String reads();

    String emits();

    /** The links alone. */
    record Link(String reads, String emits) implements Chained {}
}
