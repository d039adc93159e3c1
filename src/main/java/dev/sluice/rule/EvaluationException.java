package dev.sluice.rule;

/** An expression has no value for an event: division by zero, index out of range, null where a number is needed. */
public final class EvaluationException extends Exception {
    private static final long serialVersionUID = 1L;

    public EvaluationException(String message) {
        // Thrown per event: the stack says nothing that the rule's id and the message do not.
        super(message, null, false, false);
    }
}
