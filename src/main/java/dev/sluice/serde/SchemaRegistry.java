package dev.sluice.serde;

import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * A schema registry with parsed schemas and caches in front. Thread-safe; a first call may block on the network, within the
 * configured timeouts. Every method throws {@link UnknownSchemaException} when the registry answers that there is no such
 * thing, {@link RegistryAccessException} when it refuses the credentials, and {@link RegistryUnavailableException} when no
 * usable answer came.
 */
public interface SchemaRegistry {

    /** A registry as {@code schema.registry.url} and the settings beside it say; others are ignored. */
    static SchemaRegistry open(Map<String, ?> settings) {
        return RegistrySettings.from(new Settings(settings)).open();
    }

    /** Id of the schema under {@code subject}, registering it first if need be. */
    int register(String subject, Schema schema);

    /** Id of a schema that is already registered under {@code subject}. */
    int idOf(String subject, Schema schema);

    /** The schema with a global id, its references resolved. */
    Schema byId(int id);

    /** The schema with a GUID, its references resolved. */
    Schema byGuid(UUID guid);

    /** The newest version of a subject. Remembered for a short time only, since it moves. */
    RegisteredSchema latest(String subject);
}
