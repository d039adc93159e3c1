package dev.sluice.window;

/** FIRST or LAST of longs or of doubles: two words, the time of the value, with the top bit turned, and its bits. */
record NumberEdgeLane(int number, int word, Edge edge, Column.Kind kind) implements Lane {
    @Override
    public int words() {
        return 2;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        if (kind == Column.Kind.LONG) {
            if (arguments.isLong(number)) {
                join(rows, row, timeMs, arguments.longValue(number));
            }
        } else if (Numbers.isNumber(arguments, number)) {
            join(rows, row, timeMs, Double.doubleToRawLongBits(Numbers.of(arguments, number)));
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        int at = fromRow * from.width + word;
        if (from.words[at] != 0) {
            join(into, row, from.words[at] ^ Long.MIN_VALUE, from.words[at + 1]);
        }
    }

    private void join(Rows rows, int row, long timeMs, long bits) {
        int at = row * rows.width + word;
        if (rows.words[at] == 0 || edge.replaces(timeMs, rows.words[at] ^ Long.MIN_VALUE)) {
            rows.words[at] = timeMs ^ Long.MIN_VALUE;
            rows.words[at + 1] = bits;
        }
    }

    private boolean isSet(Rows rows, int row) {
        return rows.words[row * rows.width + word] != 0;
    }

    @Override
    public boolean isLong(Rows rows, int row) {
        return kind == Column.Kind.LONG && isSet(rows, row);
    }

    @Override
    public long longValue(Rows rows, int row) {
        return rows.words[row * rows.width + word + 1];
    }

    @Override
    public boolean isDouble(Rows rows, int row) {
        return kind == Column.Kind.DOUBLE && isSet(rows, row);
    }

    @Override
    public double doubleValue(Rows rows, int row) {
        return Double.longBitsToDouble(rows.words[row * rows.width + word + 1]);
    }

    @Override
    public void write(ByteOut out, Rows rows, int row) {
        TimeBytes.write(out, rows, row, word);
        long bits = rows.words[row * rows.width + word + 1];
        if (kind == Column.Kind.LONG) {
            out.signed(bits);
        } else {
            out.bits(bits);
        }
    }

    @Override
    public void read(ByteIn in, Rows rows, int row) {
        TimeBytes.read(in, rows, row, word);
        rows.words[row * rows.width + word + 1] = kind == Column.Kind.LONG ? in.signed() : in.bits();
    }
}
