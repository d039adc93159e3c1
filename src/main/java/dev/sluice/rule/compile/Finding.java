package dev.sluice.rule.compile;

import dev.sluice.rule.Problem.Severity;

/** A problem of one expression, before its place in the file is known: {@code offset} in code points from 0. */
record Finding(Severity severity, String code, int offset, String message) {
    static Finding error(String code, int offset, String message) {
        return new Finding(Severity.ERROR, code, offset, message);
    }

    static Finding warning(String code, int offset, String message) {
        return new Finding(Severity.WARNING, code, offset, message);
    }
}
