package dev.sluice.app;

/** The state folder cannot be used; the message says which, why and what to do. */
public final class StateFolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateFolderException(String message) {
        super(message);
    }

    StateFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
