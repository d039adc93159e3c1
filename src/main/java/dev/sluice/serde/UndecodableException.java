package dev.sluice.serde;

import org.jspecify.annotations.Nullable;

/** The bytes are not what their schema says, or not in the wire format: they will never decode. */
public final class UndecodableException extends SerdeException {
    private static final long serialVersionUID = 1L;

    UndecodableException(String message) {
        this(message, null);
    }

    UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
