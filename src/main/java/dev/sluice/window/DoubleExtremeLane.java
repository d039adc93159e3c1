package dev.sluice.window;

/** MIN or MAX of doubles: one word. Not-a-number spreads: with one such value the result is one. */
record DoubleExtremeLane(int number, int word, Extreme extreme) implements Lane {
    /** Bits of a not-a-number that no value has once it is made canonical; taken off, so that zero stands for no value. */
    private static final long NO_VALUE = 0x7FF8_0000_0000_0001L;

    @Override
    public int words() {
        return 1;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (Numbers.isNumber(arguments, number)) {
            join(rows, row, Numbers.of(arguments, number));
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        if (isDouble(from, fromRow)) {
            join(into, row, doubleValue(from, fromRow));
        }
    }

    private void join(Rows rows, int row, double value) {
        double joined = value;
        if (isDouble(rows, row)) {
            double now = doubleValue(rows, row);
            joined = extreme == Extreme.LEAST ? Math.min(now, value) : Math.max(now, value);
        }
        rows.words[row * rows.width + word] = Double.doubleToLongBits(joined) ^ NO_VALUE;
    }

    @Override
    public boolean isDouble(Rows rows, int row) {
        return rows.words[row * rows.width + word] != 0;
    }

    @Override
    public double doubleValue(Rows rows, int row) {
        return Double.longBitsToDouble(rows.words[row * rows.width + word] ^ NO_VALUE);
    }

    @Override
    public void write(ByteOut out, Rows rows, int row) {
        out.bits(rows.words[row * rows.width + word] ^ NO_VALUE);
    }

    @Override
    public void read(ByteIn in, Rows rows, int row) {
        rows.words[row * rows.width + word] = in.bits() ^ NO_VALUE;
    }
}
