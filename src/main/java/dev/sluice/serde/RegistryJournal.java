package dev.sluice.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The registrations of an in-process registry, a JSON object a line in the order they came: registering them again gives
 * the same ids. Guarded by the registry's lock.
 */
final class RegistryJournal {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One new version of a subject. */
    record Registration(String subject, SchemaText schema) {}

    private final Path file;

    RegistryJournal(Path file) {
        this.file = file;
    }

    /** Everything written; a last line that a kill tore is cut off. */
    List<Registration> read() {
        List<Registration> registrations = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                String text = Files.readString(file);
                int end = text.lastIndexOf('\n') + 1;
                for (String line : text.substring(0, end).lines().toList()) {
                    registrations.add(JSON.readValue(line, Registration.class));
                }
                if (end < text.length()) {
                    Files.writeString(file, text.substring(0, end));
                }
            }
            return registrations;
        } catch (IOException e) {
            throw new UncheckedIOException("the schemas kept in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    void append(Registration registration) {
        try {
            String line = JSON.writeValueAsString(registration) + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a registration is made of plain text", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }
}
