package dev.sluice.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.text.NearestName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** JSON to Avro values of a schema. Unions are written plainly: the first branch that fits is taken. */
final class JsonValues {
    private JsonValues() {}

    static GenericRecord record(String path, JsonNode node, Schema schema) throws BadValueException {
        if (!node.isObject()) {
            throw new BadValueException(path, (path.isEmpty() ? "" : path + ": ") + "is not an object");
        }
        List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
        for (Iterator<String> given = node.fieldNames(); given.hasNext(); ) {
            String name = given.next();
            if (!names.contains(name)) {
                throw new BadValueException(
                        join(path, name), join(path, name) + ": no such field" + NearestName.hint(name, names));
            }
        }
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = node.get(field.name());
            record.put(
                    field.pos(),
                    value == null
                            ? absent(join(path, field.name()), field)
                            : value(join(path, field.name()), value, field.schema()));
        }
        return record;
    }

    /** The default of a field, or null where the field allows it. */
    static @Nullable Object absent(String path, Schema.Field field) throws BadValueException {
        if (field.hasDefaultValue()) {
            return GenericData.get().getDefaultValue(field);
        }
        if (field.schema().isNullable()) {
            return null;
        }
        throw new BadValueException(path, path + ": is missing and has no default");
    }

    static @Nullable Object value(String path, JsonNode node, Schema schema) throws BadValueException {
        return switch (schema.getType()) {
            case UNION -> union(path, node, schema);
            case RECORD -> record(path, node, schema);
            case ARRAY -> list(path, node, schema.getElementType());
            case MAP -> map(path, node, schema.getValueType());
            case NULL -> {
                if (!node.isNull()) {
                    throw new BadValueException(path, path + ": is not null");
                }
                yield null;
            }
            default -> scalar(path, node, schema);
        };
    }

    private static @Nullable Object union(String path, JsonNode node, Schema schema) throws BadValueException {
        BadValueException last = new BadValueException(path, path + ": null is not allowed");
        for (Schema branch : schema.getTypes()) {
            if ((branch.getType() == Schema.Type.NULL) == node.isNull()) {
                try {
                    return value(path, node, branch);
                } catch (BadValueException e) {
                    last = e;
                }
            }
        }
        throw last;
    }

    private static Object list(String path, JsonNode node, Schema element) throws BadValueException {
        if (!node.isArray()) {
            throw new BadValueException(path, path + ": is not a list");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            values.add(value(path + "[" + i + "]", node.get(i), element));
        }
        return values;
    }

    private static Object map(String path, JsonNode node, Schema element) throws BadValueException {
        if (!node.isObject()) {
            throw new BadValueException(path, path + ": is not an object");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), value(join(path, entry.getKey()), entry.getValue(), element));
        }
        return values;
    }

    /** Only timestamps and dates may be text where the type is a number. */
    private static Object scalar(String path, JsonNode node, Schema schema) throws BadValueException {
        boolean fits = switch (schema.getType()) {
            case INT, LONG -> node.isIntegralNumber() || (node.isTextual() && schema.getLogicalType() != null);
            case FLOAT, DOUBLE -> node.isNumber();
            case BOOLEAN -> node.isBoolean();
            default -> node.isTextual();
        };
        if (!fits) {
            throw new BadValueException(
                    path,
                    path + ": " + node.getNodeType().name().toLowerCase(Locale.ROOT) + " is not "
                            + ScalarText.wanted(schema));
        }
        return ScalarText.parse(path, node.asText(), schema);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
