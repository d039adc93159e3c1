package dev.sluice.serde;

import org.apache.avro.Schema;

/** A version of a subject with its parsed schema. */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
