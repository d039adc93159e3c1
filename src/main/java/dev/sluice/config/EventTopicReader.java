package dev.sluice.config;

import dev.sluice.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads the event half of an entry under {@code events}: type, schema, key and timestamp. */
final class EventTopicReader {
    static final List<String> KEYS = List.of("type", "topic", "schema", "key", "timestamp");
    private static final Set<Schema.Type> KEY_TYPES = Set.of(
            Schema.Type.STRING,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.BOOLEAN,
            Schema.Type.ENUM,
            Schema.Type.FLOAT,
            Schema.Type.DOUBLE);

    private final Path folder;
    private final List<ConfigProblem> problems;
    private final Set<String> types = new HashSet<>();

    EventTopicReader(Path folder, List<ConfigProblem> problems) {
        this.folder = folder;
        this.problems = problems;
    }

    Optional<EventTopic> read(YamlMapping node, TopicSpec topic) {
        Optional<String> type = required(node, "type", "give the name of the Avro record");
        Optional<Schema> schema =
                required(node, "schema", "give the path of the .avsc file").flatMap(path -> schema(node, path));
        if (type.isPresent() && !types.add(type.get())) {
            problems.add(node.placeOf("type").problem("event type '" + type.get() + "' is declared twice; keep one"));
        }
        if (type.isEmpty() || schema.isEmpty()) {
            return Optional.empty();
        }
        if (!schema.get().getName().equals(type.get())) {
            problems.add(node.placeOf("type")
                    .problem("type '" + type.get() + "' is not the name of the record in the schema, '"
                            + schema.get().getName() + "'; use that"));
        }
        Optional<Schema.Field> key = field(node, "key", schema.get());
        Optional<Schema.Field> timestamp = field(node, "timestamp", schema.get());
        key.ifPresent(field -> checkKey(node, field));
        timestamp.ifPresent(field -> checkTimestamp(node, field));
        return Optional.of(new EventTopic(
                type.get(),
                topic,
                schema.get(),
                key.map(Schema.Field::name).orElse(null),
                timestamp.map(Schema.Field::name).orElse(null)));
    }

    private Optional<String> required(YamlMapping node, String key, String advice) {
        Optional<String> text = node.text(key);
        if (text.isEmpty()) {
            problems.add(node.place().problem("the key '" + key + "' is missing; " + advice));
        }
        return text;
    }

    private Optional<Schema> schema(YamlMapping node, String path) {
        Path file = folder.resolve(path);
        Place place = node.placeOf("schema");
        try {
            Schema schema = new Schema.Parser().parse(Files.readString(file));
            if (schema.getType() == Schema.Type.RECORD) {
                return Optional.of(schema);
            }
            problems.add(place.problem(
                    "schema " + file + " is " + schema.getType().getName() + ", not a record; an event is a record"));
        } catch (NoSuchFileException e) {
            problems.add(place.problem("there is no schema file " + file + "; the path counts from topics.yaml"));
        } catch (IOException e) {
            problems.add(place.problem("schema " + file + " cannot be read: " + e));
        } catch (AvroRuntimeException e) {
            problems.add(place.problem("schema " + file + " is no Avro schema: " + e.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<Schema.Field> field(YamlMapping node, String key, Schema schema) {
        Optional<String> name = node.text(key);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Schema.Field field = schema.getField(name.get());
        if (field == null) {
            List<String> names =
                    schema.getFields().stream().map(Schema.Field::name).toList();
            problems.add(node.placeOf(key)
                    .problem(key + ": " + schema.getName() + " has no field '" + name.get() + "'"
                            + NearestName.hint(name.get(), names)));
        }
        return Optional.ofNullable(field);
    }

    private void checkKey(YamlMapping node, Schema.Field field) {
        if (!KEY_TYPES.contains(withoutNull(field.schema()).getType())) {
            problems.add(node.placeOf("key")
                    .problem("key: field '" + field.name() + "' is of type "
                            + field.schema().getType().getName() + "; name a text, number, boolean or enum"));
        }
    }

    private void checkTimestamp(YamlMapping node, Schema.Field field) {
        if (withoutNull(field.schema()).getType() != Schema.Type.LONG) {
            problems.add(node.placeOf("timestamp")
                    .problem("timestamp: field '" + field.name() + "' is of type "
                            + field.schema().getType().getName()
                            + "; name a long, best of logical type timestamp-millis"));
        }
    }

    private static Schema withoutNull(Schema schema) {
        if (!schema.isUnion() || schema.getTypes().size() != 2 || !schema.isNullable()) {
            return schema;
        }
        Schema first = schema.getTypes().get(0);
        return first.getType() == Schema.Type.NULL ? schema.getTypes().get(1) : first;
    }
}
