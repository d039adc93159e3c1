package dev.sluice.serde;

/** One version of a subject: versions count from 1 per subject, ids are global. */
public record SubjectVersion(String subject, int version, int id, SchemaText schema) {}
