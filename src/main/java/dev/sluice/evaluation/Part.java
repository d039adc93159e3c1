package dev.sluice.evaluation;

/** A piece of an index: finds, of the candidates that it was made of, those that an event concerns. Immutable. */
abstract class Part extends Probe {

    /** What an event is offered to in place of this part: the same, on a shorter way. */
    Probe probe() {
        return this;
    }

    /** As {@link #probe}; events are turned away at once that are beyond the ranges of all candidates. */
    Probe boundedProbe() {
        return probe();
    }

    /** The part for other candidates: those that stay, of this part, and those that come. */
    abstract Part changed(Change change);

    abstract Candidate[] candidates();

    /** Whether a candidate that comes can be found by this part. */
    boolean takes(Candidate candidate) {
        return true;
    }

    /** Adds how the entry is found to its account; false when it is not in this part. */
    abstract boolean tell(Entry entry, AccessPath.Account account);
}
