package dev.sluice.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Rule files as text. */
final class RuleFiles {
    private RuleFiles() {}

    /** @throws CommandException when the file cannot be read */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandException("there is no file " + file);
        } catch (MalformedInputException e) {
            throw new CommandException(file + " is not text in UTF-8");
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read: " + e.getMessage());
        }
    }
}
