package dev.sluice.serde;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Parsed schemas before a backend, remembered. What a registry holds under an id never changes, so ids are kept; that an id
 * is unknown is kept for {@code missingTtlMs} only, since it may be registered meanwhile, and so is a subject's latest version.
 *
 * <p>Threading: any number of threads; a burst of misses for one id makes one call.
 */
final class CachingRegistry implements SchemaRegistry {
    private record SubjectSchema(String subject, Schema schema) {}

    private record Missing(UnknownSchemaException answer, long untilNanos) {}

    private record Latest(RegisteredSchema version, long untilNanos) {}

    private final RegistryBackend backend;
    private final SchemaParsing parsing;
    private final BoundedCache<Object, Schema> schemas;
    private final BoundedCache<Object, Missing> missing;
    private final BoundedCache<SubjectSchema, Integer> registered;
    private final BoundedCache<SubjectSchema, Integer> found;
    private final BoundedCache<String, Latest> latest;
    private final long missingTtlNanos;
    private final LongSupplier nanoClock;

    CachingRegistry(RegistryBackend backend, CacheBounds bounds, LongSupplier nanoClock) {
        this.backend = backend;
        this.parsing = new SchemaParsing(backend);
        this.schemas = new BoundedCache<>(bounds.schemas());
        this.missing = new BoundedCache<>(bounds.schemas());
        this.registered = new BoundedCache<>(bounds.schemas());
        this.found = new BoundedCache<>(bounds.schemas());
        this.latest = new BoundedCache<>(bounds.schemas());
        this.missingTtlNanos = TimeUnit.MILLISECONDS.toNanos(bounds.missingTtlMs());
        this.nanoClock = nanoClock;
    }

    @Override
    public int register(String subject, Schema schema) {
        return registered.get(
                new SubjectSchema(subject, schema), key -> backend.register(subject, SchemaText.of(schema.toString())));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return found.get(
                new SubjectSchema(subject, schema), key -> backend.find(subject, SchemaText.of(schema.toString())));
    }

    @Override
    public Schema byId(int id) {
        return schema(id, () -> backend.byId(id));
    }

    @Override
    public Schema byGuid(UUID guid) {
        return schema(guid, () -> backend.byGuid(guid));
    }

    @Override
    public RegisteredSchema latest(String subject) {
        Latest kept = latest.get(subject, this::fetchLatest);
        if (nanoClock.getAsLong() - kept.untilNanos() < 0) {
            return kept.version();
        }
        latest.forget(subject, kept);
        return latest.get(subject, this::fetchLatest).version();
    }

    private Latest fetchLatest(String subject) {
        SubjectVersion version = backend.latest(subject);
        RegisteredSchema registeredSchema =
                new RegisteredSchema(subject, version.version(), version.id(), parse(version.schema()));
        return new Latest(registeredSchema, nanoClock.getAsLong() + missingTtlNanos);
    }

    private Schema schema(Object key, Supplier<SchemaText> fetch) {
        missing.ifPresent(key).ifPresent(answer -> refuse(key, answer));
        return schemas.get(key, () -> {
            try {
                return parse(fetch.get());
            } catch (UnknownSchemaException e) {
                missing.get(key, () -> new Missing(e, nanoClock.getAsLong() + missingTtlNanos));
                throw e;
            }
        });
    }

    private void refuse(Object key, Missing answer) {
        if (nanoClock.getAsLong() - answer.untilNanos() < 0) {
            throw answer.answer();
        }
        missing.forget(key, answer);
    }

    private Schema parse(SchemaText text) {
        try {
            return parsing.parse(text);
        } catch (AvroRuntimeException e) {
            throw new UndecodableException("the registry's schema is not valid Avro: " + e.getMessage(), e);
        }
    }
}
