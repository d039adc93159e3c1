package dev.sluice.window;

/** STDDEV: three words, how many, their mean and the sum of the squares of the differences from it. */
record DeviationLane(int number, int word) implements Lane {
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
            join(rows, row, new Moments(1, Numbers.of(arguments, number), 0));
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        Moments other = moments(from, fromRow);
        if (other.count > 0) {
            join(into, row, other);
        }
    }

    private void join(Rows rows, int row, Moments other) {
        Moments joined = moments(rows, row).with(other);
        int at = row * rows.width + word;
        rows.words[at] = joined.count;
        rows.words[at + 1] = Double.doubleToRawLongBits(joined.mean);
        rows.words[at + 2] = Double.doubleToRawLongBits(joined.squares);
    }

    private Moments moments(Rows rows, int row) {
        int at = row * rows.width + word;
        return new Moments(
                rows.words[at],
                Double.longBitsToDouble(rows.words[at + 1]),
                Double.longBitsToDouble(rows.words[at + 2]));
    }

    @Override
    public boolean isDouble(Rows rows, int row) {
        return rows.words[row * rows.width + word] > 0;
    }

    @Override
    public double doubleValue(Rows rows, int row) {
        Moments moments = moments(rows, row);
        return Math.sqrt(moments.squares / moments.count);
    }

    private record Moments(long count, double mean, double squares) {

        /** Of 2 values around 1.0 and 2 around 3.0: 4 around 2.0, the squares grow by 2.0 * 2.0 * 2 * 2 / 4 = 4.0. */
        Moments with(Moments other) {
            long both = count + other.count;
            double apart = other.mean - mean;
            double share = (double) other.count / both;
            return new Moments(both, mean + apart * share, squares + other.squares + apart * apart * count * share);
        }
    }
}
