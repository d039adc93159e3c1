package dev.sluice.window;

import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * How many different values there are: exact up to {@value #EXACT}, by their 64-bit hashes in rising order; above that
 * estimated by a HyperLogLog sketch of 4,096 registers, with a standard error of 1.6 %: in 99.7 of 100 cases it is off by
 * less than 5 %. The estimate follows from the values alone, not from their order.
 */
final class DistinctValues {
    static final int EXACT = 256;
    private static final int LG_REGISTERS = 12;
    /** In bytes, in the place of a number of hashes. */
    private static final int SKETCH = EXACT + 1;

    private long[] hashes = new long[1];
    private int size;
    private @Nullable HllSketch sketch;

    boolean isEmpty() {
        return size == 0 && sketch == null;
    }

    long count() {
        return sketch == null ? size : Math.round(sketch.getCompositeEstimate());
    }

    void add(long hash) {
        if (sketch != null) {
            sketch.update(hash);
            return;
        }
        int found = Arrays.binarySearch(hashes, 0, size, hash);
        if (found >= 0) {
            return;
        }
        if (size == EXACT) {
            HllSketch all = estimating();
            all.update(hash);
            become(all);
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        System.arraycopy(hashes, -found - 1, hashes, -found, size + found + 1);
        hashes[-found - 1] = hash;
        size++;
    }

    void addAll(DistinctValues other) {
        if (other.sketch == null) {
            for (int i = 0; i < other.size; i++) {
                add(other.hashes[i]);
            }
        } else {
            Union union = new Union(LG_REGISTERS);
            union.update(other.sketch);
            union.update(estimating());
            become(union.getResult(TgtHllType.HLL_8));
        }
    }

    private HllSketch estimating() {
        if (sketch != null) {
            return sketch;
        }
        HllSketch all = new HllSketch(LG_REGISTERS, TgtHllType.HLL_8);
        for (int i = 0; i < size; i++) {
            all.update(hashes[i]);
        }
        return all;
    }

    private void become(HllSketch all) {
        sketch = all;
        hashes = new long[0];
        size = 0;
    }

    int sizeBytes() {
        return sketch == null ? 2 + size * Long.BYTES : sketch.getCompactSerializationBytes();
    }

    void write(ByteOut out) {
        if (sketch != null) {
            out.unsigned(SKETCH);
            out.bytes(sketch.toCompactByteArray());
            return;
        }
        out.unsigned(size);
        for (int i = 0; i < size; i++) {
            out.fixed(hashes[i]);
        }
    }

    static DistinctValues read(ByteIn in) {
        DistinctValues values = new DistinctValues();
        long size = in.unsigned();
        if (size == SKETCH) {
            values.become(Sketches.reading(in.bytes(), HllSketch::heapify));
            return values;
        }
        if (size > EXACT) {
            throw new IllegalArgumentException(size + " different values are more than are kept");
        }
        for (int i = 0; i < size; i++) {
            values.add(in.fixed());
        }
        return values;
    }
}
