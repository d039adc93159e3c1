package dev.sluice.serde;

import java.util.UUID;

/** The calls that a schema registry answers, in its own terms: texts, not parsed schemas. Thread-safe; may block. */
interface RegistryBackend {

    /** Id of the schema, registered under {@code subject} if it was not. */
    int register(String subject, SchemaText schema);

    /** Id of the schema, which must be registered under {@code subject}. */
    int find(String subject, SchemaText schema);

    SchemaText byId(int id);

    SchemaText byGuid(UUID guid);

    SubjectVersion version(String subject, int version);

    SubjectVersion latest(String subject);
}
