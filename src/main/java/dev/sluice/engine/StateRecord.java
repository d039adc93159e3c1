package dev.sluice.engine;

import dev.sluice.window.ByteOut;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The value of a state's record: what the sweep needs of it, at fixed places, and behind it the state.
 *
 * <p>One byte for the format, eight for the greatest event time of the key; where time may make the rule speak, eight for the
 * time at which it is due and four that tell under which rule that holds; then the state.
 */
final class StateRecord {
    private static final int PLAIN = 1;
    private static final int TIMED = 2;
    private static final int NEWEST_AT = 1;
    private static final int PLAIN_STATE_AT = 9;
    private static final int DUE_AT = 9;
    private static final int DUE_HASH_AT = 17;
    private static final int TIMED_STATE_AT = 21;

    private StateRecord() {}

    static byte[] write(ByteOut sink, HotState hot) {
        OwnedStates owned = hot.owned;
        // State that no rule uses now is looked at anew when one does.
        sink.clear().oneByte(owned.isTimed() ? TIMED : PLAIN).fixed(hot.state.newestMs());
        if (owned.isTimed()) {
            sink.fixed(hot.dueMs()).fixedInt(owned.dueHash());
        }
        hot.state.write(sink);
        return sink.toBytes();
    }

    /** Whether {@link #dueMs} holds for the rule as it is now. */
    static boolean isDueOf(OwnedStates owned, byte[] value) {
        return value[0] == TIMED && ByteBuffer.wrap(value).getInt(DUE_HASH_AT) == owned.dueHash();
    }

    static long newestMs(byte[] value) {
        return ByteBuffer.wrap(value).getLong(NEWEST_AT);
    }

    /** Whether no event was ever admitted. */
    static boolean isUnused(byte[] value) {
        return newestMs(value) == Long.MIN_VALUE;
    }

    /** To be asked only where {@link #isDueOf} is true. */
    static long dueMs(byte[] value) {
        return ByteBuffer.wrap(value).getLong(DUE_AT);
    }

    /** From the state on. */
    static byte[] state(byte[] value) {
        if (value[0] != PLAIN && value[0] != TIMED) {
            throw new IllegalStateException("window state of format " + value[0] + " was written by a newer version of"
                    + " Sluice: run that, or reset the application's state");
        }
        return Arrays.copyOfRange(value, value[0] == TIMED ? TIMED_STATE_AT : PLAIN_STATE_AT, value.length);
    }
}
