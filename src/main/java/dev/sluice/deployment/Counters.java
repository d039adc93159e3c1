package dev.sluice.deployment;

/** Counters that only grow: of one thing, on one instance or on several. */
interface Counters<C extends Counters<C>> {

    C plus(C other);

    /** What came to an earlier reading of the same counters. */
    C minus(C before);

    /** Whether they were begun anew since an earlier reading. */
    boolean isBegunAnewSince(C before);
}
