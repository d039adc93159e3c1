package dev.sluice.control;

import dev.sluice.rule.compile.Pace;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The pace of one compilation beside the evaluation of events. A short one goes on without a rest; a long one rests again
 * and again, so that events that wait for a processor get one within milliseconds.
 */
final class YieldingPace implements Pace {
    /** A version that changes a few rules is done by then... */
    static final Duration AT_FIRST = Duration.ofMillis(50);

    /** ...and in a process that has just begun, where everything takes long, by then: some 200 rules are compiled anew. */
    static final int STEPS_AT_FIRST = 1_000;

    static final Duration WORK = Duration.ofMillis(1);
    static final Duration REST = Duration.ofMillis(2);

    private final LongSupplier nanoTime;
    private final LongConsumer rest;
    private final AtomicInteger steps = new AtomicInteger();
    /** All threads rest together. */
    private volatile long restAt;

    YieldingPace() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    /** @param rest waits for so many nanoseconds */
    YieldingPace(LongSupplier nanoTime, LongConsumer rest) {
        this.nanoTime = nanoTime;
        this.rest = rest;
        this.restAt = nanoTime.getAsLong() + AT_FIRST.toNanos();
    }

    @Override
    public void step() {
        if (steps.get() < STEPS_AT_FIRST && steps.incrementAndGet() < STEPS_AT_FIRST) {
            return;
        }
        if (nanoTime.getAsLong() - restAt >= 0) {
            rest.accept(REST.toNanos());
            restAt = nanoTime.getAsLong() + WORK.toNanos();
        }
    }
}
