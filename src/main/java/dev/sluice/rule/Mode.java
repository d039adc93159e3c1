package dev.sluice.rule;

/** Which of a ruleset's matching rules act on an event. */
public enum Mode {
    /** Every rule that matches. */
    ALL,
    /** Only the first that matches: by priority, the highest first, then in the order of the file. */
    FIRST_MATCH
}
