package dev.sluice.window;

import org.jspecify.annotations.Nullable;

/** MIN or MAX of texts, instants, durations and bools: one object. */
record ObjectExtremeLane(int number, int object, Extreme extreme) implements ValueLane {
    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        join(rows, row, arguments.value(number));
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        join(into, row, from.object(fromRow, object));
    }

    private void join(Rows rows, int row, @Nullable Object value) {
        if (value != null) {
            Object now = rows.object(row, object);
            if (now == null || extreme.beats(compare(value, now))) {
                rows.setObject(row, object, value);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
        if (one instanceof String text && other instanceof String otherText) {
            return compareCharacters(text, otherText);
        }
        return ((Comparable<Object>) one).compareTo(other);
    }

    /** By whole characters: those of two units come after all of one. */
    private static int compareCharacters(String one, String other) {
        int shared = Math.min(one.length(), other.length());
        for (int i = 0; i < shared; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean sameWidth = Character.isSurrogate(a) == Character.isSurrogate(b);
                return sameWidth ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    @Override
    public void write(ByteOut out, Rows rows, int row) {
        ValueBytes.write(out, rows.object(row, object));
    }

    @Override
    public void read(ByteIn in, Rows rows, int row) {
        rows.setObject(row, object, ValueBytes.read(in));
    }
}
