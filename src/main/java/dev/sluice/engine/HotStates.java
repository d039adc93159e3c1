package dev.sluice.engine;

import dev.sluice.evaluation.GroupKey;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * States at hand by key. Hashes lie side by side apart from the states: with many keys an event waits for memory, and so it
 * touches two places before the state itself. Keys are {@link StateKey#comparable}. Confined to one thread.
 */
final class HotStates {
    private static final int LEAST = 16;

    /** Of a state in the same place; 0 for none there. */
    private int[] hashes = new int[LEAST];

    private @Nullable HotState[] states = new @Nullable HotState[LEAST];
    private int size;

    @Nullable HotState get(GroupKey key) {
        int hash = hash(key);
        int mask = hashes.length - 1;
        for (int at = hash & mask; hashes[at] != 0; at = (at + 1) & mask) {
            if (hashes[at] == hash) {
                HotState state = Objects.requireNonNull(states[at]);
                if (isSame(state.comparableKey, key)) {
                    return state;
                }
            }
        }
        return null;
    }

    /** Adds a state of a key that has none here. */
    void add(HotState state) {
        if (4 * ++size > 3 * hashes.length) {
            grow();
        }
        place(hash(state.comparableKey), state);
    }

    private void place(int hash, HotState state) {
        int mask = hashes.length - 1;
        int at = hash & mask;
        while (hashes[at] != 0) {
            at = (at + 1) & mask;
        }
        hashes[at] = hash;
        states[at] = state;
    }

    private void grow() {
        int[] oldHashes = hashes;
        @Nullable HotState[] oldStates = states;
        hashes = new int[2 * oldHashes.length];
        states = new @Nullable HotState[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            HotState state = oldStates[i];
            if (state != null) {
                place(oldHashes[i], state);
            }
        }
    }

    /** Takes a state out; those behind it that it kept from their places move up. */
    @SuppressWarnings("ReferenceEquality") // the state itself
    void remove(HotState state) {
        int mask = hashes.length - 1;
        int gap = hash(state.comparableKey) & mask;
        while (states[gap] != state) {
            if (hashes[gap] == 0) {
                return;
            }
            gap = (gap + 1) & mask;
        }
        size--;
        for (int at = (gap + 1) & mask; hashes[at] != 0; at = (at + 1) & mask) {
            boolean mayMove = ((at - hashes[at]) & mask) >= ((at - gap) & mask);
            if (mayMove) {
                hashes[gap] = hashes[at];
                states[gap] = states[at];
                gap = at;
            }
        }
        hashes[gap] = 0;
        states[gap] = null;
    }

    /** Shows all; none may be added or removed meanwhile. */
    void forEach(Consumer<HotState> visitor) {
        for (HotState state : states) {
            if (state != null) {
                visitor.accept(state);
            }
        }
    }

    /** Never 0. */
    private static int hash(GroupKey key) {
        List<@Nullable Object> values = key.values();
        int hash = 0;
        for (int i = 0; i < values.size(); i++) {
            hash = 31 * hash + Objects.hashCode(values.get(i));
        }
        hash *= 0x9E3779B9;
        hash ^= hash >>> 15;
        return hash == 0 ? 1 : hash;
    }

    private static boolean isSame(GroupKey one, GroupKey other) {
        List<@Nullable Object> values = one.values();
        List<@Nullable Object> others = other.values();
        int count = values.size();
        if (others.size() != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!Objects.equals(values.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
