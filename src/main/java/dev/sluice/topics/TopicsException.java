package dev.sluice.topics;

/** The cluster answers, but its topics do not serve: missing, not as they must be, or not allowed. */
public final class TopicsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicsException(String message) {
        super(message);
    }

    TopicsException(String message, Throwable cause) {
        super(message, cause);
    }
}
