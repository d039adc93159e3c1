package dev.sluice.evaluation;

/** Which of two versions of a ruleset a key belongs to. */
public enum Arm {
    STABLE,
    CANDIDATE
}
