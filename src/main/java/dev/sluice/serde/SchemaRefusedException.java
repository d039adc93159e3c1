package dev.sluice.serde;

import org.jspecify.annotations.Nullable;

/** The registry refused a schema: invalid, or not compatible with its subject. */
public final class SchemaRefusedException extends SerdeException {
    private static final long serialVersionUID = 1L;

    SchemaRefusedException(String message) {
        this(message, null);
    }

    SchemaRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
