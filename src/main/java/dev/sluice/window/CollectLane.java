package dev.sluice.window;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** COLLECT: a {@link TimedValues}. */
record CollectLane(int number, int object, int limit) implements ObjectLane {
    @Override
    public boolean heavy() {
        return true;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        Object value = arguments.value(number);
        if (value != null) {
            own(rows, row).add(timeMs, value);
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        if (from.object(fromRow, object) instanceof TimedValues other) {
            own(into, row).addAll(other);
        }
    }

    private TimedValues own(Rows rows, int row) {
        if (rows.object(row, object) instanceof TimedValues values) {
            return values;
        }
        TimedValues values = new TimedValues(limit);
        rows.setObject(row, object, values);
        return values;
    }

    @Override
    public @Nullable Object value(Rows rows, int row) {
        return rows.object(row, object) instanceof TimedValues values ? values.list() : List.of();
    }

    @Override
    public int sizeBytes(Rows rows, int row) {
        return rows.object(row, object) instanceof TimedValues values ? values.sizeBytes() : 1;
    }

    @Override
    public void write(ByteOut out, Rows rows, int row) {
        if (rows.object(row, object) instanceof TimedValues values) {
            values.write(out, rows.time(row));
        } else {
            out.unsigned(0);
        }
    }

    @Override
    public void read(ByteIn in, Rows rows, int row) {
        int size = in.count();
        if (size > 0) {
            own(rows, row).read(in, size, rows.time(row));
        }
    }
}
