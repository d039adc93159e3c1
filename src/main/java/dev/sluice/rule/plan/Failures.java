package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import org.jspecify.annotations.Nullable;

/** Why an expression has no value, in the words of the rule language. */
public final class Failures {
    public static final String DIVISION_BY_ZERO = "division by zero";
    public static final String INDEX_OUT_OF_RANGE = "index out of range";
    public static final String OVERFLOW = "a number is too large for its type";
    public static final String ITERATIONS = "more iterations over lists and maps than the limit allows";

    private Failures() {}

    /**
     * An operand as failures name it. Exceptions are made when they are thrown: made ahead, those of ten thousand rules
     * would fill megabytes.
     *
     * @param operation as the author writes it, for example {@code +}; empty text where a value is looked into
     * @param path the field path of the operand; empty text for one that is no path
     */
    public record Operand(String operation, String path) {

        /** The operand has this value, which is null or of a type that it must not have. */
        EvaluationException failure(@Nullable Object value) {
            if (operation.isEmpty()) {
                return new EvaluationException(value == null ? nullPath() : "a value without fields is asked for one");
            }
            String got = "`" + operation + "` got ";
            if (value != null) {
                return new EvaluationException(got + "a value of a type that it does not take");
            }
            return new EvaluationException(path.isEmpty() ? got + "null" : got + "null: `" + path + "` is null");
        }

        private String nullPath() {
            return path.isEmpty() ? "null is asked for a field" : "`" + path + "` is null";
        }
    }
}
