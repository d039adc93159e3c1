package dev.sluice.deployment;

/** What the figures say of a version. */
public sealed interface Verdict {

    /** Enough was seen, and nothing was wrong. */
    record Pass() implements Verdict {}

    /** A bound is broken; {@code reason} names it and what was seen, for users. */
    record Fail(String reason) implements Verdict {}

    /** Nothing can be said; {@code reason} tells what there is too little of. */
    record Inconclusive(String reason) implements Verdict {}
}
