package dev.sluice.rule;

/** One named, typed field of an event type or nested record. */
public record Field(String name, ValueType type) {}
