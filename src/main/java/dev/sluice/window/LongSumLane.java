package dev.sluice.window;

/**
 * SUM of longs: one word. Partial sums may leave the range of long and come back, as whole words do; that the sum of a
 * window stays in the range is checked before an event is added.
 */
record LongSumLane(int number, int word, String id) implements Lane {
    /** Below it, so many values that a window can hold cannot leave the range together. */
    private static final long SMALL = 1L << 31;

    @Override
    public int words() {
        return 1;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (arguments.isLong(number)) {
            rows.words[row * rows.width + word] += arguments.longValue(number);
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        into.words[row * into.width + word] += from.words[fromRow * from.width + word];
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(Rows from, int row, int gone) {
        from.words[row * from.width + word] -= from.words[gone * from.width + word];
    }

    @Override
    public boolean isLong(Rows rows, int row) {
        return true;
    }

    @Override
    public long longValue(Rows rows, int row) {
        return rows.words[row * rows.width + word];
    }

    boolean isWide(Values arguments) {
        return arguments.isLong(number) && isWide(arguments.longValue(number));
    }

    boolean isWide(Rows rows, int row) {
        return isWide(longValue(rows, row));
    }

    private static boolean isWide(long value) {
        return value >= SMALL || value <= -SMALL;
    }

    /** The value at hand as a sum to be tried. */
    WideSum trial(Values arguments) {
        WideSum sum = new WideSum();
        if (arguments.isLong(number)) {
            sum.add(arguments.longValue(number));
        }
        return sum;
    }

    void demandFits(WideSum sum) {
        if (!sum.fitsLong()) {
            throw new ArithmeticException(id + " leaves the range of int: sum doubles, or make the window smaller");
        }
    }
}
