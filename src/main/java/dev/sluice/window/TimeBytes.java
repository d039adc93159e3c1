package dev.sluice.window;

/** A time in a word of a row, top bit turned and zero for none, as bytes: its distance from the time of the row. */
final class TimeBytes {
    private TimeBytes() {}

    static void write(ByteOut out, Rows rows, int row, int word) {
        long time = rows.words[row * rows.width + word];
        if (time == 0) {
            out.unsigned(0);
        } else {
            long distance = (time ^ Long.MIN_VALUE) - rows.time(row);
            out.unsigned((distance << 1 ^ distance >> 63) + 1);
        }
    }

    static void read(ByteIn in, Rows rows, int row, int word) {
        long written = in.unsigned() - 1;
        if (written != -1) {
            long distance = written >>> 1 ^ -(written & 1);
            rows.words[row * rows.width + word] = distance + rows.time(row) ^ Long.MIN_VALUE;
        }
    }
}
