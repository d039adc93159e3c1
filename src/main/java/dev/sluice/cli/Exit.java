package dev.sluice.cli;

/** The exit codes of {@code sluice}. */
final class Exit {
    static final int OK = 0;
    /** Refused, or problems found. */
    static final int REFUSED = 1;

    static final int USAGE = 2;
    /** The cluster cannot be reached. */
    static final int UNREACHABLE = 3;
    /** A deadline passed before what was waited for happened. */
    static final int DEADLINE = 4;

    private Exit() {}
}
