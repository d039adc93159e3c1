package dev.sluice.window;

import java.util.ArrayList;
import java.util.List;

/** The lanes of all columns of a shape, and how wide that makes a row: first the header, of which the time is one word. */
final class Lanes {
    private final Lane[] all;
    private final Lane[] stacked;
    private final LongSumLane[] sums;
    private final int width;
    private final int objectWidth;
    private final boolean heavy;
    private final boolean ordered;

    private Lanes(List<Lane> lanes, int width, int objectWidth) {
        this.all = lanes.toArray(Lane[]::new);
        this.stacked = lanes.stream().filter(lane -> !lane.subtracts()).toArray(Lane[]::new);
        this.sums = lanes.stream()
                .filter(LongSumLane.class::isInstance)
                .map(LongSumLane.class::cast)
                .toArray(LongSumLane[]::new);
        this.width = width;
        this.objectWidth = objectWidth;
        this.heavy = lanes.stream().anyMatch(Lane::heavy);
        this.ordered = lanes.stream().anyMatch(Lane::ordered);
    }

    static Lanes of(List<Column> columns, int headerWords) {
        List<Lane> lanes = new ArrayList<>();
        int word = headerWords;
        int object = 0;
        for (Column column : columns) {
            Lane lane = LaneChoice.lane(column, new LaneChoice.Slot(lanes.size(), word, object));
            lanes.add(lane);
            word += lane.words();
            object += lane.objects();
        }
        return new Lanes(lanes, word, object);
    }

    int width() {
        return width;
    }

    int objectWidth() {
        return objectWidth;
    }

    Lane lane(int number) {
        return all[number];
    }

    int count() {
        return all.length;
    }

    /** Lanes that cannot be subtracted. */
    Lane[] stacked() {
        return stacked;
    }

    boolean heavy() {
        return heavy;
    }

    boolean ordered() {
        return ordered;
    }

    void add(Rows rows, int row, long timeMs, Values arguments) {
        for (Lane lane : all) {
            lane.add(rows, row, timeMs, arguments);
        }
    }

    void merge(Rows into, int row, Rows from, int fromRow) {
        for (Lane lane : all) {
            lane.merge(into, row, from, fromRow);
        }
    }

    void blend(Rows into, int row, Rows from, int fromRow) {
        for (Lane lane : all) {
            lane.blend(into, row, from, fromRow);
        }
    }

    /** Takes a row off the totals, in the lanes that allow it. */
    void subtract(Rows rows, int totals, int gone) {
        for (Lane lane : all) {
            if (lane.subtracts()) {
                lane.subtract(rows, totals, gone);
            }
        }
    }

    int sizeBytes(Rows rows, int row) {
        int bytes = 0;
        for (Lane lane : all) {
            bytes += lane.sizeBytes(rows, row);
        }
        return bytes;
    }

    void write(ByteOut out, Rows rows, int row) {
        for (Lane lane : all) {
            lane.write(out, rows, row);
        }
    }

    void read(ByteIn in, Rows rows, int row) {
        for (Lane lane : all) {
            lane.read(in, rows, row);
        }
    }

    /** The sums that may leave the range of long. */
    LongSumLane[] sums() {
        return sums;
    }

    /** Whether a value is so large that sums may leave their range from now on. */
    boolean isWide(Values arguments) {
        for (LongSumLane sum : sums) {
            if (sum.isWide(arguments)) {
                return true;
            }
        }
        return false;
    }

    boolean isWide(Rows rows, int row) {
        for (LongSumLane sum : sums) {
            if (sum.isWide(rows, row)) {
                return true;
            }
        }
        return false;
    }
}
