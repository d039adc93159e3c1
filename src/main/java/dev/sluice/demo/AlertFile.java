package dev.sluice.demo;

import dev.sluice.app.AlertReader;
import dev.sluice.event.AvroJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** Alerts in a file, one JSON object a line. */
final class AlertFile {
    private AlertFile() {}

    /** Makes the file's folder where there is none. */
    static void write(Path out, List<AlertReader.Entry> alerts) {
        try {
            Files.createDirectories(out.toAbsolutePath().getParent());
            try (BufferedWriter writer = Files.newBufferedWriter(out)) {
                for (AlertReader.Entry entry : alerts) {
                    writer.write(AvroJson.of(entry.alert()).toString());
                    writer.write('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the alerts cannot be written to " + out + ": " + e.getMessage(), e);
        }
    }

    /** How many there are, by rule id and version. */
    static Map<String, Map<Long, Long>> counts(List<AlertReader.Entry> alerts) {
        Map<String, Map<Long, Long>> counts = new TreeMap<>();
        for (AlertReader.Entry entry : alerts) {
            String rule = field(entry.alert(), "rule").toString();
            Long version = (Long) field(entry.alert(), "version");
            counts.computeIfAbsent(rule, each -> new TreeMap<>()).merge(version, 1L, Long::sum);
        }
        return counts;
    }

    private static Object field(IndexedRecord record, String name) {
        return record.get(record.getSchema().getField(name).pos());
    }
}
