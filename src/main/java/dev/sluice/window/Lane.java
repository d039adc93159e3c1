package dev.sluice.window;

import org.jspecify.annotations.Nullable;

/**
 * How one column is kept in the words and objects of a row, and the arithmetic on it. All zero and null stands for no
 * values. A row owns its objects: merging leaves those of the other row alone and keeps no reference to them, unless they
 * cannot change.
 */
interface Lane {

    /** Words of a row that the lane takes. */
    int words();

    /** Objects of a row that the lane takes, 0 or 1. */
    default int objects() {
        return 0;
    }

    /** First word of the lane in a row. */
    int word();

    /** The object of the lane in a row; -1 for none. */
    default int object() {
        return -1;
    }

    default void clear(Rows rows, int row) {
        for (int i = 0; i < words(); i++) {
            rows.words[row * rows.width + word() + i] = 0;
        }
        if (objects() > 0) {
            rows.setObject(row, object(), null);
        }
    }

    /** Takes in the value of an event. */
    void add(Rows rows, int row, long timeMs, Values arguments);

    /**
     * Takes in the values of another row, all of which belong after those at hand: in time, or in arrival if the times are
     * equal.
     */
    void merge(Rows into, int row, Rows from, int fromRow);

    /** Takes in the values of another row that may lie among those at hand. */
    default void blend(Rows into, int row, Rows from, int fromRow) {
        merge(into, row, from, fromRow);
    }

    /** Whether {@link #subtract} undoes {@link #merge} exactly. */
    default boolean subtracts() {
        return false;
    }

    default void subtract(Rows from, int row, int gone) {
        throw new IllegalStateException(this + " cannot be subtracted");
    }

    /** Whether the objects of a row are so large that few copies should be kept. */
    default boolean heavy() {
        return false;
    }

    /** Whether the result depends on the order of the values. */
    default boolean ordered() {
        return false;
    }

    /** Whether an event of that time still finds its place among the values of a row. */
    default boolean takesIn(Rows rows, int row, long timeMs) {
        return true;
    }

    default boolean isLong(Rows rows, int row) {
        return false;
    }

    default long longValue(Rows rows, int row) {
        throw new IllegalStateException(this + " gives no long");
    }

    default boolean isDouble(Rows rows, int row) {
        return false;
    }

    default double doubleValue(Rows rows, int row) {
        throw new IllegalStateException(this + " gives no double");
    }

    default @Nullable Object value(Rows rows, int row) {
        if (isLong(rows, row)) {
            return longValue(rows, row);
        }
        return isDouble(rows, row) ? (Object) doubleValue(rows, row) : null;
    }

    /** Bit by bit, which words are doubles: these are written shorter so. */
    default int doubles() {
        return 0;
    }

    /** Bytes that {@link #write} gives, roughly. */
    default int sizeBytes(Rows rows, int row) {
        return 2 * words() + 16 * objects();
    }

    default void write(ByteOut out, Rows rows, int row) {
        int at = row * rows.width + word();
        for (int i = 0; i < words(); i++) {
            long value = rows.words[at + i];
            if ((doubles() >> i & 1) == 1) {
                out.bits(value);
            } else {
                out.signed(value);
            }
        }
    }

    default void read(ByteIn in, Rows rows, int row) {
        int at = row * rows.width + word();
        for (int i = 0; i < words(); i++) {
            rows.words[at + i] = (doubles() >> i & 1) == 1 ? in.bits() : in.signed();
        }
    }
}
