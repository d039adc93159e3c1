package dev.sluice.window;

/** SUM of doubles: two words, {@link Compensated}. */
record DoubleSumLane(int number, int word) implements Lane {
    @Override
    public int words() {
        return 2;
    }

    @Override
    public int doubles() {
        return 0b11;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (Numbers.isNumber(arguments, number)) {
            Compensated.add(rows, row * rows.width + word, Numbers.of(arguments, number));
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        Compensated.merge(into, row * into.width + word, from, fromRow * from.width + word);
    }

    @Override
    public boolean isDouble(Rows rows, int row) {
        return true;
    }

    @Override
    public double doubleValue(Rows rows, int row) {
        return Compensated.sum(rows, row * rows.width + word);
    }
}
