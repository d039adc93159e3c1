package dev.sluice.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.Schema;

/** JSON lines: an object a line; blank lines are passed over. */
final class JsonRows implements RowSource {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String file;
    private final Schema schema;
    private final BufferedReader reader;
    private long line;

    JsonRows(Path file, Schema schema) throws IOException {
        this.file = file.toString();
        this.schema = schema;
        this.reader = Files.newBufferedReader(file);
    }

    @Override
    public Optional<EventRow> next() throws IOException {
        String text = reader.readLine();
        line++;
        while (text != null && text.isBlank()) {
            text = reader.readLine();
            line++;
        }
        return text == null ? Optional.empty() : Optional.of(row(new Source(file, line), text, schema));
    }

    static EventRow row(Source source, String text, Schema schema) {
        try {
            return new EventRow.Event(source.line(), JsonValues.record("", JSON.readTree(text), schema));
        } catch (BadValueException e) {
            return new EventRow.Bad(source.file(), source.line(), e.field(), String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            return new EventRow.Bad(source.file(), source.line(), "", "not JSON: " + e.getOriginalMessage());
        }
    }

    /** Where a row comes from, as it is told. */
    record Source(String file, long line) {}

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
