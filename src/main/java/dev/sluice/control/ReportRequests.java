package dev.sluice.control;

/** Asks for a report of what this instance does; several requests before it is made give one. Never waits. */
public interface ReportRequests {
    /** Something changed that a deployment may wait for: it is reported at once. */
    void changed();

    /** Something changed that is good to know: it is reported soon. */
    default void moved() {
        changed();
    }
}
