package dev.sluice.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table of rows, each of some long words and some objects, that grows at its end and shrinks at its start. The first
 * word of a row is its time. In front of the rows stand reserved ones, from number 0, for totals. All zero and null is an
 * empty row. Rows are addressed by their place in the arrays: {@link #at} gives it, and it holds until rows are added.
 */
sealed class Rows permits RunningTotals {
    private static final int LEAST = 4;
    private static final @Nullable Object[] NONE = {};

    final int width;
    final int objectWidth;
    private final int reserved;
    long[] words;

    @Nullable Object[] objects;

    private int first;
    private int size;

    Rows(Lanes lanes, int reserved) {
        this.width = lanes.width();
        this.objectWidth = lanes.objectWidth();
        this.reserved = reserved;
        this.first = reserved;
        this.words = new long[(reserved + LEAST) * width];
        this.objects = objectWidth == 0 ? NONE : new @Nullable Object[(reserved + LEAST) * objectWidth];
    }

    int size() {
        return size;
    }

    int at(int index) {
        return first + index;
    }

    long time(int row) {
        return words[row * width];
    }

    void setTime(int row, long timeMs) {
        words[row * width] = timeMs;
    }

    @Nullable Object object(int row, int column) {
        return objects[row * objectWidth + column];
    }

    void setObject(int row, int column, @Nullable Object value) {
        objects[row * objectWidth + column] = value;
    }

    /** An empty row at the end. */
    int append(long timeMs) {
        if ((first + size + 1) * width > words.length) {
            makeRoom();
        }
        int row = first + size++;
        clear(row);
        words[row * width] = timeMs;
        return row;
    }

    /** An empty row at an index, in front of those that were there. */
    int insert(int index, long timeMs) {
        if (index == size) {
            return append(timeMs);
        }
        append(timeMs);
        int row = first + index;
        int moved = size - 1 - index;
        System.arraycopy(words, row * width, words, (row + 1) * width, moved * width);
        System.arraycopy(objects, row * objectWidth, objects, (row + 1) * objectWidth, moved * objectWidth);
        clear(row);
        words[row * width] = timeMs;
        return row;
    }

    void remove(int index) {
        int row = first + index;
        int moved = size - 1 - index;
        System.arraycopy(words, (row + 1) * width, words, row * width, moved * width);
        System.arraycopy(objects, (row + 1) * objectWidth, objects, row * objectWidth, moved * objectWidth);
        size--;
        clear(first + size);
    }

    void dropFirst(int count) {
        if (objectWidth > 0) {
            Arrays.fill(objects, first * objectWidth, (first + count) * objectWidth, null);
        }
        first += count;
        size -= count;
        if (size == 0) {
            first = reserved;
        }
    }

    void clear(int row) {
        for (int i = row * width; i < (row + 1) * width; i++) {
            words[i] = 0;
        }
        for (int i = row * objectWidth; i < (row + 1) * objectWidth; i++) {
            objects[i] = null;
        }
    }

    /** Index of the first row of a time not less than the given; rows must be in order of time. Quick near the end. */
    int indexOf(long timeMs) {
        if (size == 0 || time(first + size - 1) < timeMs) {
            return size;
        }
        int low = 0;
        int high = size - 1;
        for (int step = 1; high - step > 0 && time(first + high - step) >= timeMs; step <<= 1) {
            high -= step;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(first + middle) < timeMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Moves the rows to the front where half of their number is free there, else into new arrays twice as large. */
    private void makeRoom() {
        int capacity = words.length / width - reserved;
        boolean stays = 2 * (first - reserved) >= size && capacity <= 4 * size + LEAST;
        int room = stays ? capacity : Math.max(LEAST, 2 * size);
        long[] moved = stays ? words : Arrays.copyOf(words, (reserved + room) * width);
        System.arraycopy(words, first * width, moved, reserved * width, size * width);
        words = moved;
        if (objectWidth > 0) {
            @Nullable Object[] movedObjects = new @Nullable Object[(reserved + room) * objectWidth];
            System.arraycopy(objects, 0, movedObjects, 0, reserved * objectWidth);
            System.arraycopy(objects, first * objectWidth, movedObjects, reserved * objectWidth, size * objectWidth);
            objects = movedObjects;
        }
        first = reserved;
    }
}
