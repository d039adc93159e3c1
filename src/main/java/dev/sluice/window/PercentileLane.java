package dev.sluice.window;

/** PERCENTILE: a {@link RankedValues}. */
record PercentileLane(int number, int object, double percent) implements ObjectLane {
    @Override
    public boolean heavy() {
        return true;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (Numbers.isNumber(arguments, number)) {
            double value = Numbers.of(arguments, number);
            if (!Double.isNaN(value)) {
                own(rows, row).add(value);
            }
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        if (from.object(fromRow, object) instanceof RankedValues other) {
            own(into, row).addAll(other);
        }
    }

    private RankedValues own(Rows rows, int row) {
        if (rows.object(row, object) instanceof RankedValues values) {
            return values;
        }
        RankedValues values = new RankedValues();
        rows.setObject(row, object, values);
        return values;
    }

    @Override
    public boolean isDouble(Rows rows, int row) {
        return rows.object(row, object) instanceof RankedValues;
    }

    @Override
    public double doubleValue(Rows rows, int row) {
        return own(rows, row).atRank(percent / 100);
    }

    @Override
    public int sizeBytes(Rows rows, int row) {
        return rows.object(row, object) instanceof RankedValues values ? values.sizeBytes() : 1;
    }

    @Override
    public void write(ByteOut out, Rows rows, int row) {
        if (rows.object(row, object) instanceof RankedValues values) {
            values.write(out);
        } else {
            out.unsigned(0);
        }
    }

    @Override
    public void read(ByteIn in, Rows rows, int row) {
        RankedValues values = RankedValues.read(in);
        rows.setObject(row, object, values.isEmpty() ? null : values);
    }
}
