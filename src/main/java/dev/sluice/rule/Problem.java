package dev.sluice.rule;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a rule file or a control record, said to its author: what, which one, what to do.
 *
 * @param code stable kebab-case code, for example {@code unknown-field}
 * @param rule id of the rule concerned, or null
 * @param line line in the source from 1; 0 for none
 * @param column column in the line from 1; 0 for none
 */
public record Problem(
        Severity severity, String code, @Nullable String rule, int line, int column, String message) {

    /** An error refuses the version, a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** An error without a place. */
    public static Problem error(String code, String message) {
        return new Problem(Severity.ERROR, code, null, 0, 0, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
