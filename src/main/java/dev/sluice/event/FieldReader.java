package dev.sluice.event;

import org.jspecify.annotations.Nullable;

/**
 * Reads one field where its datum begins in a message. Stateless. A reader trusts the bytes: a walk has been over them.
 *
 * <p>What a reader may throw, {@link org.apache.avro.AvroRuntimeException} or {@link dev.sluice.serde.SerdeException}, it
 * throws only for fields that are read as soon as the walk is done.
 */
abstract class FieldReader {

    /** The value, in the Java class that the field's type states. */
    abstract @Nullable Object read(byte[] bytes, int start);

    /** Whether the value is an object that is worth keeping for the next who asks. */
    boolean isKept() {
        return true;
    }

    boolean isLong(byte[] bytes, int start) {
        return false;
    }

    /** The value where {@link #isLong}. */
    long longValue(byte[] bytes, int start) {
        throw new IllegalStateException("longValue of a field that is no integer: ask isLong first");
    }

    boolean isDouble(byte[] bytes, int start) {
        return false;
    }

    /** The value where {@link #isDouble}. */
    double doubleValue(byte[] bytes, int start) {
        throw new IllegalStateException("doubleValue of a field that is no double: ask isDouble first");
    }
}
