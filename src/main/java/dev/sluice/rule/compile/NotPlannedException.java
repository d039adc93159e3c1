package dev.sluice.rule.compile;

/** A part of an expression has no plan: the whole of it is left to cel-java. */
final class NotPlannedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotPlannedException() {
        super("not planned", null, false, false);
    }
}
