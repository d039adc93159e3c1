package dev.sluice.engine;

import dev.sluice.evaluation.GroupKey;
import dev.sluice.window.ByteIn;
import dev.sluice.window.ByteOut;
import dev.sluice.window.ValueBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The keys of records in a window store, in their order: the stream time; the stream times of
 * its sources; the owners of state, by hash; the states, by
 * owner's hash and group key.
 */
final class StateKey {
    static final Bytes STREAM_TIME = Bytes.wrap(new byte[] {0});
    /** Of tasks that receive what is handed over. */
    static final Bytes SOURCES = Bytes.wrap(new byte[] {0, 1});

    /** Of versions on their way. */
    static final Bytes STEPS = Bytes.wrap(new byte[] {0, 2});

    static final Bytes OWNERS = Bytes.wrap(new byte[] {1});
    static final Bytes STATES = Bytes.wrap(new byte[] {2});

    private static final int HASH_AT = 1;
    private static final int GROUP_AT = 9;

    private StateKey() {}

    static Bytes ofOwner(long hash) {
        return Bytes.wrap(new ByteOut().oneByte(OWNERS.get()[0]).fixed(hash).toBytes());
    }

    static Bytes ofState(ByteOut sink, long owner, GroupKey key) {
        sink.clear().oneByte(STATES.get()[0]).fixed(owner);
        ValueBytes.writeEqual(sink, key.values());
        return Bytes.wrap(sink.toBytes());
    }

    /** The least key that is greater. */
    static Bytes after(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }

    static boolean isOwner(Bytes key) {
        return key.get()[0] == OWNERS.get()[0];
    }

    /** The owner's hash, of a key of an owner or a state. */
    static long owner(Bytes key) {
        byte[] bytes = key.get();
        long hash = 0;
        for (int i = HASH_AT; i < GROUP_AT; i++) {
            hash = (hash << 8) | (bytes[i] & 0xff);
        }
        return hash;
    }

    static GroupKey group(Bytes key) {
        return new GroupKey(ValueBytes.readAll(new ByteIn(key.get(), GROUP_AT)));
    }

    /** The same key for a hash map: values that are equal in bytes are equal in Java, too. */
    static GroupKey comparable(GroupKey key) {
        List<@Nullable Object> values = key.values();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof byte[] || value instanceof Double || value instanceof List || value instanceof Map) {
                return new GroupKey(values.stream().map(StateKey::comparable).toList());
            }
        }
        return key;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof Double number) {
            return number == 0 ? (Double) 0.0 : number;
        }
        boolean isOwnEqual = !(value instanceof byte[] || value instanceof List || value instanceof Map);
        if (isOwnEqual) {
            return value;
        }
        ByteOut sink = new ByteOut();
        ValueBytes.writeEqual(sink, List.of(value));
        return Bytes.wrap(sink.toBytes());
    }
}
