package dev.sluice.serde;

import org.apache.avro.Schema;

/** Which schema, under which id, a value is written by. */
enum SchemaChoice {
    /** The value's own, registered if need be. */
    REGISTER {
        @Override
        Chosen choose(SchemaRegistry registry, String subject, Schema own) {
            return new Chosen(registry.register(subject, own), own);
        }
    },
    /** The value's own, which must be registered. */
    LOOK_UP {
        @Override
        Chosen choose(SchemaRegistry registry, String subject, Schema own) {
            return new Chosen(registry.idOf(subject, own), own);
        }
    },
    /** The newest of the subject, whatever the value's own is. */
    LATEST {
        @Override
        Chosen choose(SchemaRegistry registry, String subject, Schema own) {
            RegisteredSchema latest = registry.latest(subject);
            return new Chosen(latest.id(), latest.schema());
        }
    };

    record Chosen(int id, Schema schema) {}

    abstract Chosen choose(SchemaRegistry registry, String subject, Schema own);

    /** As with Confluent's serializer, registering goes before the latest version where both are asked for. */
    static SchemaChoice from(Settings settings) {
        if (settings.enabledByDefault("auto.register.schemas")) {
            return REGISTER;
        }
        return settings.enabled("use.latest.version") ? LATEST : LOOK_UP;
    }
}
