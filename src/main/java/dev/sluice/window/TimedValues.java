package dev.sluice.window;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The newest values, in the order of time, those of one time in the order of arrival. */
final class TimedValues {
    private final int limit;
    private long[] times = new long[1];
    private @Nullable Object[] values = new @Nullable Object[1];
    private int size;

    TimedValues(int limit) {
        this.limit = limit;
    }

    void add(long timeMs, Object value) {
        int place = size;
        while (place > 0 && times[place - 1] > timeMs) {
            place--;
        }
        if (size < limit) {
            grow();
            System.arraycopy(times, place, times, place + 1, size - place);
            System.arraycopy(values, place, values, place + 1, size - place);
            size++;
        } else if (place == 0) {
            return;
        } else {
            place--;
            System.arraycopy(times, 1, times, 0, place);
            System.arraycopy(values, 1, values, 0, place);
        }
        times[place] = timeMs;
        values[place] = value;
    }

    private void grow() {
        if (size == times.length) {
            int room = Math.min(2 * size, limit);
            times = Arrays.copyOf(times, room);
            values = Arrays.copyOf(values, room);
        }
    }

    void addAll(TimedValues other) {
        for (int i = 0; i < other.size; i++) {
            add(other.times[i], Objects.requireNonNull(other.values[i]));
        }
    }

    List<@Nullable Object> list() {
        return Collections.unmodifiableList(Arrays.asList(Arrays.copyOf(values, size)));
    }

    int sizeBytes() {
        return 1 + size * 16;
    }

    void write(ByteOut out, long rowMs) {
        out.unsigned(size);
        for (int i = 0; i < size; i++) {
            out.signed(times[i] - rowMs);
            ValueBytes.write(out, values[i]);
        }
    }

    void read(ByteIn in, int count, long rowMs) {
        for (int i = 0; i < count; i++) {
            long timeMs = rowMs + in.signed();
            Object value = ValueBytes.read(in);
            if (value == null) {
                throw new IllegalArgumentException("no value was kept at " + timeMs);
            }
            add(timeMs, value);
        }
    }
}
