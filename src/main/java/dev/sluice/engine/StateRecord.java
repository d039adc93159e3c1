package dev.sluice.engine;

import java.nio.ByteBuffer;

/**
 * The value of a state's record: what the sweep needs of it, at fixed places, and behind it the state.
 *
 * <p>One byte for the format, four that tell under which rule the due time holds, eight for the greatest event time of the
 * key, eight for the due time, then the state.
 */
final class StateRecord {
    private static final int FORMAT = 1;
    private static final int DUE_HASH_AT = 1;
    private static final int NEWEST_AT = 5;
    private static final int DUE_AT = 13;
    private static final int STATE_AT = 21;

    private StateRecord() {}

    static byte[] write(ByteSink sink, HotState hot) {
        OwnedStates owned = hot.owned;
        // State that no rule uses now is looked at anew when one does.
        return sink.clear()
                .put(FORMAT)
                .putInt(owned.isGone() ? 0 : owned.dueHash())
                .putLong(hot.state.newestMs())
                .putLong(hot.dueMs())
                .putBytes(hot.state.write())
                .toBytes();
    }

    /** Whether {@link #dueMs} holds for the rule as it is now. */
    static boolean isDueOf(OwnedStates owned, byte[] value) {
        return ByteBuffer.wrap(value).getInt(DUE_HASH_AT) == owned.dueHash();
    }

    static long newestMs(byte[] value) {
        return ByteBuffer.wrap(value).getLong(NEWEST_AT);
    }

    static long dueMs(byte[] value) {
        return ByteBuffer.wrap(value).getLong(DUE_AT);
    }

    /** From the state on. */
    static ByteSource state(byte[] value) {
        if (value[0] != FORMAT) {
            throw new IllegalStateException("window state of format " + value[0] + " was written by a newer version of"
                    + " Sluice: run that, or reset the application's state");
        }
        ByteSource source = new ByteSource(value);
        source.getBytes(STATE_AT);
        return source;
    }
}
