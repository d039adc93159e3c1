package dev.sluice.serde;

import java.util.List;

/** A schema as a registry holds it: Avro JSON, and where the types are that the JSON only names. */
public record SchemaText(String text, List<SchemaReference> references) {
    public SchemaText {
        references = List.copyOf(references);
    }

    /** A text that stands for itself. */
    public static SchemaText of(String text) {
        return new SchemaText(text, List.of());
    }
}
