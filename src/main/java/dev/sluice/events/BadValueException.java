package dev.sluice.events;

/** A value that is not of its field's type; it does not leave this package. */
final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String field;

    BadValueException(String field, String message) {
        super(message);
        this.field = field;
    }

    String field() {
        return field;
    }
}
