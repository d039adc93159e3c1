package dev.sluice.window;

/** AVG of longs: three words, how many and their sum in 128 bits, high word first; exact until the division. */
record LongMeanLane(int number, int word) implements Lane {
    private static final double TWO_TO_64 = 0x1p64;

    @Override
    public int words() {
        return 3;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (arguments.isLong(number)) {
            long value = arguments.longValue(number);
            int at = row * rows.width + word;
            rows.words[at]++;
            addSum(rows.words, at, value >> 63, value);
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        int at = row * into.width + word;
        int fromAt = fromRow * from.width + word;
        into.words[at] += from.words[fromAt];
        addSum(into.words, at, from.words[fromAt + 1], from.words[fromAt + 2]);
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(Rows from, int row, int gone) {
        int at = row * from.width + word;
        int goneAt = gone * from.width + word;
        long low = from.words[at + 2];
        long goneLow = from.words[goneAt + 2];
        from.words[at] -= from.words[goneAt];
        from.words[at + 1] -= from.words[goneAt + 1] + (Long.compareUnsigned(low, goneLow) < 0 ? 1 : 0);
        from.words[at + 2] = low - goneLow;
    }

    private static void addSum(long[] words, int at, long high, long low) {
        long sum = words[at + 2] + low;
        words[at + 1] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        words[at + 2] = sum;
    }

    @Override
    public boolean isDouble(Rows rows, int row) {
        return rows.words[row * rows.width + word] > 0;
    }

    @Override
    public double doubleValue(Rows rows, int row) {
        int at = row * rows.width + word;
        return toDouble(rows.words[at + 1], rows.words[at + 2]) / rows.words[at];
    }

    private static double toDouble(long high, long low) {
        if (high == low >> 63) {
            return low;
        }
        double unsignedLow = (low >>> 1) * 2.0 + (low & 1);
        return high * TWO_TO_64 + unsignedLow;
    }
}
