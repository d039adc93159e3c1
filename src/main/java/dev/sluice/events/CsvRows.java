package dev.sluice.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** CSV whose header row names the schema's fields. An empty cell is null, or the default; a list or record is JSON. */
final class CsvRows implements RowSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final Schema schema;
    private final CsvReader reader;
    private final List<String> header;

    private CsvRows(String file, Schema schema, CsvReader reader, List<String> header) {
        this.file = file;
        this.schema = schema;
        this.reader = reader;
        this.header = header;
    }

    static CsvRows open(Path file, Schema schema) throws IOException {
        CsvReader reader = new CsvReader(Files.newBufferedReader(file));
        try {
            List<String> header =
                    reader.next().orElse(List.of()).stream().map(String::strip).toList();
            List<String> problems = problems(header, schema);
            if (!problems.isEmpty()) {
                throw new EventFileException(file + ":1: " + String.join("\n" + file + ":1: ", problems));
            }
            return new CsvRows(file.toString(), schema, reader, header);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static List<String> problems(List<String> header, Schema schema) {
        List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            if (!names.contains(column)) {
                problems.add(
                        "column '" + column + "' is no field of " + schema.getName() + NearestName.hint(column, names));
            } else if (header.indexOf(column) < i) {
                problems.add("column '" + column + "' is there twice; keep one");
            }
        }
        for (Schema.Field field : schema.getFields()) {
            if (!header.contains(field.name())
                    && !field.hasDefaultValue()
                    && !field.schema().isNullable()) {
                problems.add("column '" + field.name() + "' is missing; the field has no default");
            }
        }
        return problems;
    }

    @Override
    public Optional<EventRow> next() throws IOException {
        Optional<List<String>> cells = reader.next();
        return cells.isEmpty() ? Optional.empty() : Optional.of(row(cells.get()));
    }

    private EventRow row(List<String> cells) {
        if (cells.size() != header.size()) {
            return bad("", cells.size() + " cells, the header has " + header.size());
        }
        GenericRecord event = new GenericData.Record(schema);
        try {
            for (Schema.Field field : schema.getFields()) {
                int column = header.indexOf(field.name());
                event.put(
                        field.pos(),
                        column < 0 ? JsonValues.absent(field.name(), field) : cell(field, cells.get(column)));
            }
            return new EventRow.Event(reader.rowLine(), event);
        } catch (BadValueException e) {
            return bad(e.field(), String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object cell(Schema.Field field, String text) throws BadValueException {
        Schema type = field.schema();
        if (text.isEmpty() && type.isNullable()) {
            return null;
        }
        if (text.isEmpty() && type.getType() != Schema.Type.STRING && field.hasDefaultValue()) {
            return JsonValues.absent(field.name(), field);
        }
        return switch (type.getType()) {
            case UNION -> union(field.name(), text, type);
            case RECORD, ARRAY, MAP -> json(field.name(), text, type);
            default -> ScalarText.parse(field.name(), text, type);
        };
    }

    private static @Nullable Object union(String name, String text, Schema union) throws BadValueException {
        BadValueException last = new BadValueException(name, name + ": fits no type of the field");
        for (Schema branch : union.getTypes()) {
            try {
                if (branch.getType() != Schema.Type.NULL) {
                    return switch (branch.getType()) {
                        case RECORD, ARRAY, MAP -> json(name, text, branch);
                        default -> ScalarText.parse(name, text, branch);
                    };
                }
            } catch (BadValueException e) {
                last = e;
            }
        }
        throw last;
    }

    private static @Nullable Object json(String name, String text, Schema type) throws BadValueException {
        try {
            return JsonValues.value(name, JSON.readTree(text), type);
        } catch (JsonProcessingException e) {
            throw new BadValueException(name, name + ": not JSON: " + e.getOriginalMessage());
        }
    }

    private EventRow bad(String column, String message) {
        return new EventRow.Bad(file, reader.rowLine(), column, message);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
