package dev.sluice.serde;

import org.jspecify.annotations.Nullable;

/** The value does not fit the schema it has to be written with, or has no Avro schema. */
public final class UnencodableException extends SerdeException {
    private static final long serialVersionUID = 1L;

    UnencodableException(String message) {
        this(message, null);
    }

    UnencodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
