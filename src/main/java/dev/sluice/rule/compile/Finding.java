package dev.sluice.rule.compile;

import dev.sluice.rule.Problem.Severity;
import dev.sluice.text.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem of one expression, before its place in the file is known: {@code offset} in code points from 0.
 *
 * @param unknown the name that is not known, if that is the problem
 */
record Finding(
        Severity severity,
        String code,
        int offset,
        String message,
        @Nullable Unknown unknown) {

    /**
     * A name that is not known.
     *
     * @param message without a guess at what was meant
     * @param known names that could have been meant
     */
    record Unknown(String name, String message, List<String> known) {
        Unknown {
            known = List.copyOf(known);
        }
    }

    Finding(Severity severity, String code, int offset, String message) {
        this(severity, code, offset, message, null);
    }

    static Finding error(String code, int offset, String message) {
        return new Finding(Severity.ERROR, code, offset, message);
    }

    static Finding warning(String code, int offset, String message) {
        return new Finding(Severity.WARNING, code, offset, message);
    }

    /** An unknown name, with the known one that was probably meant. */
    static Finding unknown(String code, int offset, Unknown unknown) {
        String message = unknown.message() + NearestName.didYouMean(unknown.name(), unknown.known());
        return new Finding(Severity.ERROR, code, offset, message, unknown);
    }

    /** The message where these names were known too. */
    String message(Collection<String> more) {
        if (unknown == null || more.isEmpty()) {
            return message;
        }
        List<String> known = new ArrayList<>(unknown.known());
        known.addAll(more);
        return unknown.message() + NearestName.didYouMean(unknown.name(), known);
    }
}
