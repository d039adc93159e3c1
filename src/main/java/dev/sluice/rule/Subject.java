package dev.sluice.rule;

/**
 * What a predicate looks at: a field, or an expression over fields. Two subjects over one event type are equal when their
 * texts are.
 *
 * @param text the expression in its canonical form: equal texts mean equal values for every event
 * @param position of the field in the event type; -1 when the subject is no plain field
 */
public record Subject(String text, int position, Expression expression) {
    /** Position of a subject that is no plain field. */
    public static final int NO_FIELD = -1;

    public boolean isField() {
        return position != NO_FIELD;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Subject that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
