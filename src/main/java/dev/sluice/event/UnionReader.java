package dev.sluice.event;

import dev.sluice.serde.AvroBytes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a datum that a union was written for: the branch's index, then its datum. */
final class UnionReader extends FieldReader {
    private final FieldReader[] branches;
    private final boolean kept;

    /** @param branches in the writer's order */
    UnionReader(List<FieldReader> branches) {
        this.branches = branches.toArray(FieldReader[]::new);
        this.kept = Arrays.stream(this.branches).anyMatch(FieldReader::isKept);
    }

    @Override
    @Nullable Object read(byte[] bytes, int start) {
        return branch(bytes, start).read(bytes, datum(bytes, start));
    }

    @Override
    boolean isKept() {
        return kept;
    }

    @Override
    boolean isLong(byte[] bytes, int start) {
        return branch(bytes, start).isLong(bytes, datum(bytes, start));
    }

    @Override
    long longValue(byte[] bytes, int start) {
        return branch(bytes, start).longValue(bytes, datum(bytes, start));
    }

    @Override
    boolean isDouble(byte[] bytes, int start) {
        return branch(bytes, start).isDouble(bytes, datum(bytes, start));
    }

    @Override
    double doubleValue(byte[] bytes, int start) {
        return branch(bytes, start).doubleValue(bytes, datum(bytes, start));
    }

    private FieldReader branch(byte[] bytes, int start) {
        return branches[(int) AvroBytes.longAt(bytes, start)];
    }

    private static int datum(byte[] bytes, int start) {
        return AvroBytes.afterLong(bytes, start);
    }
}
