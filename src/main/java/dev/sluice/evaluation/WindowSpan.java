package dev.sluice.evaluation;

/** The window that a match looked at: milliseconds since the epoch, the end excluded. */
public record WindowSpan(long startMs, long endMs) {}
