package dev.sluice.window;

/** AVG of doubles: three words, how many and their sum {@link Compensated}. */
record DoubleMeanLane(int number, int word) implements Lane {
    @Override
    public int words() {
        return 3;
    }

    @Override
    public int doubles() {
        return 0b110;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (Numbers.isNumber(arguments, number)) {
            int at = row * rows.width + word;
            rows.words[at]++;
            Compensated.add(rows, at + 1, Numbers.of(arguments, number));
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        int at = row * into.width + word;
        int fromAt = fromRow * from.width + word;
        into.words[at] += from.words[fromAt];
        Compensated.merge(into, at + 1, from, fromAt + 1);
    }

    @Override
    public boolean isDouble(Rows rows, int row) {
        return rows.words[row * rows.width + word] > 0;
    }

    @Override
    public double doubleValue(Rows rows, int row) {
        int at = row * rows.width + word;
        return Compensated.sum(rows, at + 1) / rows.words[at];
    }
}
