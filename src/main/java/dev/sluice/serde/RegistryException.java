package dev.sluice.serde;

import org.jspecify.annotations.Nullable;

/**
 * The registry could not be asked: it does not answer, or refuses the credentials. Says nothing of the bytes: the same
 * record may decode once the registry can be asked again.
 */
public abstract sealed class RegistryException extends SerdeException
        permits RegistryAccessException, RegistryUnavailableException {
    private static final long serialVersionUID = 1L;

    RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
