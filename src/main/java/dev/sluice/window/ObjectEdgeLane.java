package dev.sluice.window;

/** FIRST or LAST of any values: one word, the time of the value with the top bit turned, and the value. */
record ObjectEdgeLane(int number, int word, int object, Edge edge) implements ValueLane {
    @Override
    public int words() {
        return 1;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        Object value = arguments.value(number);
        if (value != null) {
            join(rows, row, timeMs, value);
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        Object value = from.object(fromRow, object);
        if (value != null) {
            join(into, row, from.words[fromRow * from.width + word] ^ Long.MIN_VALUE, value);
        }
    }

    private void join(Rows rows, int row, long timeMs, Object value) {
        int at = row * rows.width + word;
        if (rows.words[at] == 0 || edge.replaces(timeMs, rows.words[at] ^ Long.MIN_VALUE)) {
            rows.words[at] = timeMs ^ Long.MIN_VALUE;
            rows.setObject(row, object, value);
        }
    }

    @Override
    public void write(ByteOut out, Rows rows, int row) {
        TimeBytes.write(out, rows, row, word);
        ValueBytes.write(out, rows.object(row, object));
    }

    @Override
    public void read(ByteIn in, Rows rows, int row) {
        TimeBytes.read(in, rows, row, word);
        rows.setObject(row, object, ValueBytes.read(in));
    }
}
