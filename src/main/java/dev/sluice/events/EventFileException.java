package dev.sluice.events;

/** An event file cannot be used at all: not there, of an unknown kind, or of columns that do not fit the schema. */
public final class EventFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventFileException(String message) {
        super(message);
    }

    EventFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
