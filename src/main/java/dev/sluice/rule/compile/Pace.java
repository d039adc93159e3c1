package dev.sluice.rule.compile;

/** How fast a compilation goes: it may be held up at each of its steps. Safe for many threads. */
@FunctionalInterface
public interface Pace {
    /** As fast as it can. */
    Pace FULL = () -> {};

    /** Called every few microseconds of work; comes back when the work may go on. */
    void step();
}
