package dev.sluice.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file of events read row by row, never as a whole. The name's ending tells the format: {@code .csv} with a header
 * row, {@code .jsonl}, {@code .ndjson} or {@code .json} with an object a line, {@code .avro} container. Threading: one
 * thread.
 */
public final class EventFile implements Iterator<EventRow>, AutoCloseable {
    private final RowSource source;
    private @Nullable EventRow ahead;

    private EventFile(RowSource source) {
        this.source = source;
    }

    /**
     * Opens the file and checks its header or its schema.
     *
     * @throws EventFileException when the file is not there, of an unknown kind, or cannot fit the schema
     */
    public static EventFile open(Path file, Schema schema) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new EventFileException("there is no readable file " + file);
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".csv")) {
                return new EventFile(CsvRows.open(file, schema));
            }
            if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
                return new EventFile(new JsonRows(file, schema));
            }
            if (name.endsWith(".avro")) {
                return new EventFile(AvroRows.open(file, schema));
            }
        } catch (IOException e) {
            throw new EventFileException("cannot read " + file + ": " + e, e);
        }
        throw new EventFileException(file + " is of an unknown kind; name it .csv, .jsonl or .avro");
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = read().orElse(null);
        }
        return ahead != null;
    }

    @Override
    public EventRow next() {
        EventRow row = hasNext() ? ahead : null;
        if (row == null) {
            throw new NoSuchElementException("the event file has no further row");
        }
        ahead = null;
        return row;
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<EventRow> read() {
        try {
            return source.next();
        } catch (IOException e) {
            throw new UncheckedIOException("the event file cannot be read further", e);
        }
    }
}
