package dev.sluice.rule;

import org.jspecify.annotations.Nullable;

/** Takes the value of an expression, a number unboxed where it is known to be one. */
public interface ValueSink {

    void takeLong(long value);

    void takeDouble(double value);

    /** Any value, boxed numbers among them. */
    void takeObject(@Nullable Object value);
}
