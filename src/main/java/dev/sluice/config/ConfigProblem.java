package dev.sluice.config;

/**
 * One thing wrong with the configuration.
 *
 * @param file the file, or {@code environment SLUICE_X}, or {@code option x}
 * @param line line from 1; 0 for none
 * @param column column in the line from 1; 0 for none
 * @param message what is wrong, which one, and what to do; never the value of a Kafka or serde setting
 */
public record ConfigProblem(String file, int line, int column, String message) {

    /** {@code FILE:LINE:COLUMN: MESSAGE}, the form that editors make a link of. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
    }
}
