package dev.sluice.serde;

/**
 * The registry answered that it holds no such id, subject or version; or a fingerprint is not among the known schemas.
 * Asking again does not help.
 */
public final class UnknownSchemaException extends SerdeException {
    private static final long serialVersionUID = 1L;

    private final RegistryError error;

    UnknownSchemaException(String message) {
        this(message, RegistryError.SCHEMA_NOT_FOUND);
    }

    UnknownSchemaException(String message, RegistryError error) {
        super(message, null);
        this.error = error;
    }

    RegistryError error() {
        return error;
    }
}
