package dev.sluice.evaluation;

import dev.sluice.rule.EventType;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of the tests of windows; its key is {@code k}.
 *
 * @param arrival number in the order of arrival
 * @param position as alerts name it
 * @param mark for conditions
 */
public record Sample(
        int arrival,
        String position,
        long time,
        String k,
        long n,
        @Nullable Long x,
        long mark) {

    /** The same fields in the same order as {@code Reading.avsc} has them. */
    public static final EventType TYPE = new EventType(
            "Reading",
            List.of(
                    new Field("at", Scalar.TIMESTAMP),
                    new Field("k", Scalar.STRING),
                    new Field("n", Scalar.INT),
                    new Field("x", new ValueType.Nullable(Scalar.INT)),
                    new Field("d", Scalar.DOUBLE),
                    new Field("mark", Scalar.INT)));

    /** A tenth of {@link #n}: most such sums of doubles are not exact. */
    public double d() {
        return n * 0.1;
    }

    public dev.sluice.rule.Event event() {
        return new EmittedEvent(TYPE, Arrays.asList(Instant.ofEpochMilli(time), k, n, x, d(), mark));
    }

    public Moment moment(long streamMs) {
        return new Moment.At(time, streamMs, k, position);
    }

    /** The same at another time. */
    public Sample at(long ms) {
        return new Sample(arrival, position, ms, k, n, x, mark);
    }

    public Sample withoutX() {
        return new Sample(arrival, position, time, k, n, null, mark);
    }

    public Sample marked(long other) {
        return new Sample(arrival, position, time, k, n, x, other);
    }
}
