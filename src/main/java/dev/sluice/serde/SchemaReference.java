package dev.sluice.serde;

/** A named type that a schema's text uses and that is registered as version {@code version} of {@code subject}. */
public record SchemaReference(String name, String subject, int version) {}
