package dev.sluice.engine;

import dev.sluice.engine.SourceMark.Flow;
import dev.sluice.evaluation.Watermarks;
import java.util.function.LongSupplier;

/**
 * Stream time of one task: the greatest event time that it has read, or where events are handed over the least of their
 * sources. It never goes back. When events stay away it goes on with the wall clock. Confined to the task's thread.
 */
final class StreamTime {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final StateTable table;
    private final long idleMs;
    private final LongSupplier wallClockMs;
    private final Watermarks sources;
    private long streamMs;
    /** Stream time at the last event, and the wall clock then: from both an idle task counts on. */
    private long lastEventStreamMs;

    private long lastEventWallMs;
    /** When any source was last heard. */
    private long lastHeardWallMs;

    /** @param idleMs so long without an event, and it goes on with the wall clock */
    StreamTime(StateTable table, long idleMs, LongSupplier wallClockMs) {
        this.table = table;
        this.idleMs = idleMs;
        this.wallClockMs = wallClockMs;
        this.sources = table.sources();
        this.streamMs = table.streamMs();
        this.lastEventStreamMs = streamMs;
        this.lastEventWallMs = wallClockMs.getAsLong();
        this.lastHeardWallMs = lastEventWallMs;
    }

    /** The task has read an event. */
    long advanced(long eventMs) {
        moveTo(eventMs);
        lastEventStreamMs = streamMs;
        lastEventWallMs = wallClockMs.getAsLong();
        return streamMs;
    }

    /** A task that hands events over has told of itself. Far in the past while nothing is known. */
    long heard(SourceMark mark) {
        if (mark.source() != SourceMark.NO_SOURCE) {
            lastHeardWallMs = wallClockMs.getAsLong();
            if (mark.flow() == Flow.FLOWING) {
                sources.flows(mark.source(), mark.streamMs(), mark.wallMs());
            } else {
                sources.rests(mark.source(), mark.streamMs(), mark.wallMs());
            }
            follow(sources.streamMs(0));
        }
        if (mark.flow() == Flow.FLOWING) {
            lastEventStreamMs = streamMs;
            lastEventWallMs = wallClockMs.getAsLong();
        }
        return Math.max(streamMs, Watermarks.UNKNOWN);
    }

    private void follow(long sourcesMs) {
        if (sourcesMs != Watermarks.UNKNOWN) {
            lastEventStreamMs = Math.max(lastEventStreamMs, sourcesMs);
            moveTo(sourcesMs);
        }
    }

    /** As far as events and ends of windows have moved it; {@link Long#MIN_VALUE} before the first event. */
    long reachedMs() {
        return streamMs;
    }

    void moveTo(long timeMs) {
        if (timeMs > streamMs) {
            streamMs = timeMs;
            table.keepStreamMs(timeMs);
        }
    }

    /** Without events for long it goes on with the wall clock, unless a source is waited for; before the first event there is none. */
    long nowMs() {
        long wallMs = wallClockMs.getAsLong();
        if (!sources.isEmpty()) {
            long silentMs = Math.max(0, wallMs - lastHeardWallMs);
            follow(sources.streamMs(silentMs));
            if (sources.isFlowing(silentMs)) {
                return streamMs;
            }
        }
        long goneMs = wallMs - lastEventWallMs;
        boolean isIdle = streamMs != UNKNOWN && goneMs >= idleMs;
        return isIdle ? Math.max(streamMs, lastEventStreamMs + goneMs) : streamMs;
    }
}
