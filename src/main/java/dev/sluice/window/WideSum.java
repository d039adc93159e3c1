package dev.sluice.window;

/** A sum of longs in 128 bits. */
final class WideSum {
    private long high;
    private long low;

    void add(long value) {
        long sum = low + value;
        high += (value >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
    }

    void subtract(long value) {
        long rest = low - value;
        high -= (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
        low = rest;
    }

    boolean fitsLong() {
        return high == low >> 63;
    }
}
