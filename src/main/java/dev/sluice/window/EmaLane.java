package dev.sluice.window;

/** EMA: a {@link Trail}. */
record EmaLane(int number, int object, double weight) implements ObjectLane {
    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public boolean takesIn(Rows rows, int row, long timeMs) {
        return !(rows.object(row, object) instanceof Trail trail) || trail.takesIn(timeMs);
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (Numbers.isNumber(arguments, number)) {
            own(rows, row).add(timeMs, Numbers.of(arguments, number), weight);
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        if (from.object(fromRow, object) instanceof Trail other) {
            own(into, row).append(other);
        }
    }

    @Override
    public void blend(Rows into, int row, Rows from, int fromRow) {
        if (from.object(fromRow, object) instanceof Trail other) {
            own(into, row).blend(other);
        }
    }

    private Trail own(Rows rows, int row) {
        if (rows.object(row, object) instanceof Trail trail) {
            return trail;
        }
        Trail trail = new Trail();
        rows.setObject(row, object, trail);
        return trail;
    }

    @Override
    public boolean isDouble(Rows rows, int row) {
        return rows.object(row, object) instanceof Trail;
    }

    @Override
    public double doubleValue(Rows rows, int row) {
        return own(rows, row).average();
    }

    @Override
    public int sizeBytes(Rows rows, int row) {
        return rows.object(row, object) instanceof Trail trail ? trail.sizeBytes() : 1;
    }

    @Override
    public void write(ByteOut out, Rows rows, int row) {
        if (rows.object(row, object) instanceof Trail trail) {
            trail.write(out, rows.time(row));
        } else {
            out.unsigned(0);
        }
    }

    @Override
    public void read(ByteIn in, Rows rows, int row) {
        Trail trail = Trail.read(in, rows.time(row));
        rows.setObject(row, object, trail.isEmpty() ? null : trail);
    }
}
