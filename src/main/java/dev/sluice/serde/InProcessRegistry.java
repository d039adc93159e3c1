package dev.sluice.serde;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;

/**
 * A schema registry in this process, without persistence or kept in a file. Ids count from 1 and belong to a schema's text; versions count
 * from 1 per subject. Every compatibility is accepted.
 *
 * <p>Threading: any number of threads; one lock guards the state.
 */
public final class InProcessRegistry implements RegistryBackend {
    private static final Map<String, InProcessRegistry> SCOPES = new ConcurrentHashMap<>();

    private record Stored(int id, UUID guid, SchemaText schema) {}

    private final SchemaParsing parsing = new SchemaParsing(this);
    private final Map<String, Stored> byCanonicalText = new LinkedHashMap<>();
    private final List<Stored> byId = new ArrayList<>();
    private final Map<String, List<Stored>> subjects = new TreeMap<>();
    private final Optional<RegistryJournal> journal;

    /** An empty registry that forgets everything with its process. */
    public InProcessRegistry() {
        this.journal = Optional.empty();
    }

    private InProcessRegistry(RegistryJournal journal) {
        journal.read().forEach(each -> add(each.subject(), each.schema()));
        this.journal = Optional.of(journal);
    }

    /**
     * The registry that a file keeps: the same ids as before.
     *
     * @throws java.io.UncheckedIOException when the file cannot be read
     */
    public static InProcessRegistry keptIn(Path file) {
        return new InProcessRegistry(new RegistryJournal(file));
    }

    /** The registry behind {@code mock://SCOPE}: the same one for everybody in this JVM. */
    public static InProcessRegistry scope(String name) {
        return SCOPES.computeIfAbsent(name, ignored -> new InProcessRegistry());
    }

    /** Forgets a scope: the next {@code mock://SCOPE} starts empty. Who holds the old registry keeps it. */
    public static void forget(String name) {
        SCOPES.remove(name);
    }

    @Override
    public synchronized int register(String subject, SchemaText schema) {
        int known = subjects.getOrDefault(subject, List.of()).size();
        int id = add(subject, schema);
        if (versions(subject) > known) {
            journal.ifPresent(kept -> kept.append(new RegistryJournal.Registration(subject, schema)));
        }
        return id;
    }

    private int add(String subject, SchemaText schema) {
        Stored stored = byCanonicalText.computeIfAbsent(canonical(schema), text -> store(text, schema));
        List<Stored> versions = subjects.computeIfAbsent(subject, ignored -> new ArrayList<>());
        if (!versions.contains(stored)) {
            versions.add(stored);
        }
        return stored.id();
    }

    @Override
    public int find(String subject, SchemaText schema) {
        return lookUp(subject, schema).id();
    }

    /** The version of {@code subject} that holds the schema. */
    public synchronized SubjectVersion lookUp(String subject, SchemaText schema) {
        List<Stored> versions = versionsOf(subject);
        Stored stored = byCanonicalText.get(canonical(schema));
        int index = versions.indexOf(stored);
        if (index < 0) {
            throw unknown(RegistryError.SCHEMA_NOT_FOUND, "the schema is not registered under subject " + subject);
        }
        return subjectVersion(subject, index);
    }

    @Override
    public synchronized SchemaText byId(int id) {
        if (id < 1 || id > byId.size()) {
            throw unknown(RegistryError.SCHEMA_NOT_FOUND, "no schema has the id " + id);
        }
        return byId.get(id - 1).schema();
    }

    @Override
    public synchronized SchemaText byGuid(UUID guid) {
        return byId.stream()
                .filter(stored -> stored.guid().equals(guid))
                .findFirst()
                .orElseThrow(() -> unknown(RegistryError.SCHEMA_NOT_FOUND, "no schema has the GUID " + guid))
                .schema();
    }

    /** GUID of the schema with an id: made from its text, so equal texts have equal GUIDs in every registry. */
    public synchronized UUID guidOf(int id) {
        byId(id);
        return byId.get(id - 1).guid();
    }

    @Override
    public synchronized SubjectVersion version(String subject, int version) {
        List<Stored> versions = versionsOf(subject);
        if (version < 1 || version > versions.size()) {
            throw unknown(RegistryError.VERSION_NOT_FOUND, "subject " + subject + " has no version " + version);
        }
        return subjectVersion(subject, version - 1);
    }

    @Override
    public synchronized SubjectVersion latest(String subject) {
        return version(subject, versionsOf(subject).size());
    }

    /** All subjects, sorted. */
    public synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    /** Number of versions of a subject, which must exist. */
    public synchronized int versions(String subject) {
        return versionsOf(subject).size();
    }

    private Stored store(String canonicalText, SchemaText schema) {
        UUID guid = UUID.nameUUIDFromBytes(canonicalText.getBytes(StandardCharsets.UTF_8));
        Stored stored = new Stored(byId.size() + 1, guid, schema);
        byId.add(stored);
        return stored;
    }

    private List<Stored> versionsOf(String subject) {
        List<Stored> versions = subjects.get(subject);
        if (versions == null) {
            throw unknown(RegistryError.SUBJECT_NOT_FOUND, "there is no subject " + subject);
        }
        return versions;
    }

    private SubjectVersion subjectVersion(String subject, int index) {
        Stored stored = versionsOf(subject).get(index);
        return new SubjectVersion(subject, index + 1, stored.id(), stored.schema());
    }

    /** The text without insignificant white space, with its references resolved. */
    private String canonical(SchemaText schema) {
        try {
            return parsing.parse(schema).toString();
        } catch (AvroRuntimeException e) {
            throw new SchemaRefusedException("the schema is not valid Avro: " + e.getMessage(), e);
        }
    }

    private static UnknownSchemaException unknown(RegistryError error, String message) {
        return new UnknownSchemaException(message, error);
    }
}
