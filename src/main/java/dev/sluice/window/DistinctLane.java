package dev.sluice.window;

/** COUNT_DISTINCT: a {@link DistinctValues}. */
record DistinctLane(int number, int object) implements ObjectLane {
    @Override
    public boolean heavy() {
        return true;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (arguments.isLong(number)) {
            own(rows, row).add(ValueHash.of(arguments.longValue(number)));
        } else {
            Object value = arguments.value(number);
            if (value != null) {
                own(rows, row).add(ValueHash.of(value));
            }
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        if (from.object(fromRow, object) instanceof DistinctValues other) {
            own(into, row).addAll(other);
        }
    }

    private DistinctValues own(Rows rows, int row) {
        if (rows.object(row, object) instanceof DistinctValues values) {
            return values;
        }
        DistinctValues values = new DistinctValues();
        rows.setObject(row, object, values);
        return values;
    }

    @Override
    public boolean isLong(Rows rows, int row) {
        return true;
    }

    @Override
    public long longValue(Rows rows, int row) {
        return rows.object(row, object) instanceof DistinctValues values ? values.count() : 0;
    }

    @Override
    public int sizeBytes(Rows rows, int row) {
        return rows.object(row, object) instanceof DistinctValues values ? values.sizeBytes() : 1;
    }

    @Override
    public void write(ByteOut out, Rows rows, int row) {
        if (rows.object(row, object) instanceof DistinctValues values) {
            values.write(out);
        } else {
            out.unsigned(0);
        }
    }

    @Override
    public void read(ByteIn in, Rows rows, int row) {
        DistinctValues values = DistinctValues.read(in);
        rows.setObject(row, object, values.isEmpty() ? null : values);
    }
}
