package dev.sluice.window;

/** MIN or MAX of longs: two words, whether there is a value, and it. */
record LongExtremeLane(int number, int word, Extreme extreme) implements Lane {
    @Override
    public int words() {
        return 2;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (arguments.isLong(number)) {
            join(rows, row, arguments.longValue(number));
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        if (isLong(from, fromRow)) {
            join(into, row, longValue(from, fromRow));
        }
    }

    private void join(Rows rows, int row, long value) {
        int at = row * rows.width + word;
        if (rows.words[at] == 0 || extreme.beats(Long.compare(value, rows.words[at + 1]))) {
            rows.words[at] = 1;
            rows.words[at + 1] = value;
        }
    }

    @Override
    public boolean isLong(Rows rows, int row) {
        return rows.words[row * rows.width + word] != 0;
    }

    @Override
    public long longValue(Rows rows, int row) {
        return rows.words[row * rows.width + word + 1];
    }
}
