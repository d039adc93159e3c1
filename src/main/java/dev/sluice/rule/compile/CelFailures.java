package dev.sluice.rule.compile;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.runtime.CelEvaluationException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of cel-java's runtime in the words of the rule language, without any value of the event. */
final class CelFailures {
    private static final Pattern FUNCTION = Pattern.compile("function '([^']*)'");

    private CelFailures() {}

    /** What cel-java says of a failure. */
    record Failure(CelErrorCode code, String message) {
        static Failure of(CelEvaluationException failure) {
            return new Failure(failure.getErrorCode(), Objects.toString(failure.getMessage(), ""));
        }

        /** An exception that does not say which failure it is becomes an internal error. */
        static Failure of(RuntimeException failure) {
            return failure instanceof CelRuntimeException known
                    ? new Failure(known.getErrorCode(), Objects.toString(known.getMessage(), ""))
                    : new Failure(CelErrorCode.INTERNAL_ERROR, "");
        }
    }

    /** @param nullPath a field path of the expression that is null for the event, if one is */
    static String reason(Failure failure, String source, @Nullable String nullPath) {
        String message = failure.message();
        return switch (failure.code()) {
            case DIVIDE_BY_ZERO -> "division by zero";
            case INDEX_OUT_OF_BOUNDS -> "index out of range";
            case NUMERIC_OVERFLOW -> "a number is too large for its type";
            case ITERATION_BUDGET_EXCEEDED -> "more iterations over lists and maps than the limit allows";
            case BAD_FORMAT -> "a text cannot be converted: it has not the form of the type wanted";
            case DUPLICATE_ATTRIBUTE -> "a map is built with one key twice";
            case OVERLOAD_NOT_FOUND ->
                nullPath == null
                        ? operation(message) + " got a value of a type that it does not take"
                        : operation(message) + " got null: `" + nullPath + "` is null";
            case ATTRIBUTE_NOT_FOUND -> nullPath == null ? missingKey(message, source) : "`" + nullPath + "` is null";
            default ->
                nullPath == null
                        ? "a function got a value outside of what it takes"
                        : "`" + nullPath + "` is null where a value is needed";
        };
    }

    private static String operation(String message) {
        Matcher function = FUNCTION.matcher(message);
        return function.find() ? "`" + CelMessages.operation(function.group(1)) + "`" : "an operation";
    }

    /** The key is named only when the rule's author wrote it: others come from the event. */
    private static String missingKey(String message, String source) {
        String key = message.substring(message.lastIndexOf(' ') + 1);
        boolean written = source.contains("'" + key + "'") || source.contains("\"" + key + "\"");
        return written ? "no such key: " + key : "no such key";
    }
}
