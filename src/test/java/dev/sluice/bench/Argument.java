package dev.sluice.bench;

import dev.sluice.window.Values;

/** One long for every column, unboxed. */
final class Argument implements Values {
    long value;

    @Override
    public Object value(int number) {
        return true;
    }

    @Override
    public boolean isLong(int number) {
        return true;
    }

    @Override
    public long longValue(int number) {
        return value;
    }

    @Override
    public boolean isDouble(int number) {
        return false;
    }
}
