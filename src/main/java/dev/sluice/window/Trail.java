package dev.sluice.window;

import java.util.Arrays;

/**
 * What an exponential moving average needs of its values: steps in the order of time, each of one value or of several in
 * one. A step turns the average before it into {@code kept * average + added}; where it is the first the average is {@code
 * alone}. Of the weight 0.25 a value of 8.0 is the step (0.75, 2.0, 8.0), and after 4.0 the average is 5.0.
 *
 * <p>The newest {@value #APART} values at least stay apart, so that a value which comes late takes its place among them;
 * one that comes later than that is taken in as the last of those put together.
 */
final class Trail {
    static final int APART = 64;
    private static final int TIME = 0;
    private static final int KEPT = 1;
    private static final int ADDED = 2;
    private static final int ALONE = 3;
    private static final int WIDTH = 4;

    private double[] steps = new double[WIDTH];
    private int size;
    /** Whether the first step is of several values, among which others may belong. */
    private boolean folded;

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether a value of that time finds its place, behind those that are put together. */
    boolean takesIn(long timeMs) {
        return !folded || timeMs >= steps[TIME];
    }

    void add(long timeMs, double value, double weight) {
        insert(new double[] {timeMs, 1 - weight, weight * value, value}, 0);
    }

    /** Takes in steps of which each finds its place by time, after those at hand of the same time. */
    void blend(Trail other) {
        for (int i = 0; i < other.size; i++) {
            insert(other.steps, i * WIDTH);
        }
    }

    /** Takes in steps that are all later: they need not stay apart. */
    void append(Trail other) {
        if (size == 0) {
            steps = other.steps.clone();
            size = other.size;
            folded = other.folded;
        } else {
            putTogether(other);
        }
    }

    private void putTogether(Trail other) {
        for (int i = 1; i < size; i++) {
            putTogether(0, steps, i * WIDTH);
        }
        for (int i = 0; i < other.size; i++) {
            putTogether(0, other.steps, i * WIDTH);
        }
        size = 1;
        folded = true;
    }

    private void insert(double[] from, int fromAt) {
        if (size == 2 * APART) {
            fold();
        }
        int place = size;
        while (place > 0 && steps[(place - 1) * WIDTH + TIME] > from[fromAt + TIME]) {
            place--;
        }
        if (place == 0 && folded) {
            putTogether(0, from, fromAt);
            return;
        }
        if (steps.length == size * WIDTH) {
            steps = Arrays.copyOf(steps, 2 * steps.length);
        }
        System.arraycopy(steps, place * WIDTH, steps, (place + 1) * WIDTH, (size - place) * WIDTH);
        System.arraycopy(from, fromAt, steps, place * WIDTH, WIDTH);
        size++;
    }

    private void fold() {
        int count = size - APART;
        for (int i = 1; i <= count; i++) {
            putTogether(0, steps, i * WIDTH);
        }
        System.arraycopy(steps, (count + 1) * WIDTH, steps, WIDTH, (size - count - 1) * WIDTH);
        size -= count;
        folded = true;
    }

    /** Makes one step of one at hand and another after it. */
    private void putTogether(int at, double[] from, int fromAt) {
        double kept = from[fromAt + KEPT];
        double added = from[fromAt + ADDED];
        steps[at + TIME] = Math.max(steps[at + TIME], from[fromAt + TIME]);
        steps[at + KEPT] *= kept;
        steps[at + ADDED] = kept * steps[at + ADDED] + added;
        steps[at + ALONE] = kept * steps[at + ALONE] + added;
    }

    double average() {
        double average = steps[ALONE];
        for (int at = WIDTH; at < size * WIDTH; at += WIDTH) {
            average = steps[at + KEPT] * average + steps[at + ADDED];
        }
        return average;
    }

    int sizeBytes() {
        return 2 + size * 20;
    }

    void write(ByteOut out, long rowMs) {
        out.unsigned(size);
        if (size > 0) {
            out.oneByte(folded ? 1 : 0);
        }
        for (int at = 0; at < size * WIDTH; at += WIDTH) {
            out.signed((long) steps[at + TIME] - rowMs);
            for (int i = KEPT; i < WIDTH; i++) {
                out.bits(Double.doubleToRawLongBits(steps[at + i]));
            }
        }
    }

    static Trail read(ByteIn in, long rowMs) {
        Trail trail = new Trail();
        int size = in.count();
        trail.steps = new double[Math.max(1, size) * WIDTH];
        trail.size = size;
        trail.folded = size > 0 && in.oneByte() == 1;
        for (int at = 0; at < size * WIDTH; at += WIDTH) {
            trail.steps[at + TIME] = rowMs + in.signed();
            for (int i = KEPT; i < WIDTH; i++) {
                trail.steps[at + i] = Double.longBitsToDouble(in.bits());
            }
        }
        return trail;
    }
}
