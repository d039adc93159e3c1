package dev.sluice.serde;

import org.jspecify.annotations.Nullable;

/** The registry refused the credentials (HTTP 401 or 403). */
public final class RegistryAccessException extends RegistryException {
    private static final long serialVersionUID = 1L;

    RegistryAccessException(String message) {
        this(message, null);
    }

    RegistryAccessException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
