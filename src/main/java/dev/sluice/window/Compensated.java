package dev.sluice.window;

/**
 * A sum of doubles in two words of a row: the sum, and what its last bits lost. So the order of the values hardly matters:
 * 1e16 + 1 - 1e16 is 1.
 */
final class Compensated {
    private Compensated() {}

    /** Adds to the two words at a place. */
    static void add(Rows rows, int at, double value) {
        double high = Double.longBitsToDouble(rows.words[at]);
        double sum = high + value;
        double rest = 0;
        if (Double.isFinite(sum)) {
            double added = sum - high;
            double lost = (high - (sum - added)) + (value - added) + Double.longBitsToDouble(rows.words[at + 1]);
            double whole = sum + lost;
            rest = lost - (whole - sum);
            sum = whole;
        }
        rows.words[at] = Double.doubleToRawLongBits(sum);
        rows.words[at + 1] = Double.doubleToRawLongBits(rest);
    }

    static void merge(Rows into, int at, Rows from, int fromAt) {
        add(into, at, Double.longBitsToDouble(from.words[fromAt]));
        add(into, at, Double.longBitsToDouble(from.words[fromAt + 1]));
    }

    static double sum(Rows rows, int at) {
        return Double.longBitsToDouble(rows.words[at]) + Double.longBitsToDouble(rows.words[at + 1]);
    }
}
