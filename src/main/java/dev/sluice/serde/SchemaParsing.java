package dev.sluice.serde;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Texts to schemas. Types that a text refers to are fetched from the registry and parsed first, deepest first. Names are
 * not validated, since other languages write schemas that Java's rules would refuse.
 */
final class SchemaParsing {
    private static final int MOST_REFERENCES = 1_000;

    private final RegistryBackend registry;

    SchemaParsing(RegistryBackend registry) {
        this.registry = registry;
    }

    /** @throws org.apache.avro.AvroRuntimeException when the text is not an Avro schema */
    Schema parse(SchemaText schema) {
        Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
        parser.setValidateDefaults(false);
        parseReferences(parser, schema, new LinkedHashSet<>());
        return parse(parser, schema.text());
    }

    /** Avro's parser also throws plain runtime exceptions, for a type that is nowhere defined, say. */
    private static Schema parse(Schema.Parser parser, String text) {
        try {
            return parser.parse(text);
        } catch (AvroRuntimeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SchemaParseException(String.valueOf(e.getMessage()));
        }
    }

    private void parseReferences(Schema.Parser parser, SchemaText schema, Set<SchemaReference> seen) {
        for (SchemaReference reference : schema.references()) {
            if (seen.size() >= MOST_REFERENCES) {
                throw new SchemaRefusedException("a schema has more than " + MOST_REFERENCES + " references");
            }
            if (seen.add(reference)) {
                SchemaText referred = registry.version(reference.subject(), reference.version())
                        .schema();
                parseReferences(parser, referred, seen);
                if (!parser.getTypes().containsKey(reference.name())) {
                    parse(parser, referred.text());
                }
            }
        }
    }
}
