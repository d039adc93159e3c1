package dev.sluice.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Why a record could not be read or written. Messages hold neither event contents nor credentials. */
public abstract sealed class SerdeException extends SerializationException
        permits UndecodableException,
                UnencodableException,
                UnknownSchemaException,
                SchemaRefusedException,
                RegistryException {
    private static final long serialVersionUID = 1L;

    SerdeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
