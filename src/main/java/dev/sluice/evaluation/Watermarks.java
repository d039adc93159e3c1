package dev.sluice.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stream time where the events of several sources come together: the least of the sources that flow, so that no event comes
 * late that was not late in its own source. A source is one partition of a topic, as the task that reads it tells of it.
 *
 * <p>A source that says it rests does not count. One that falls silent without a word is waited for, {@value #LOST_AFTER} times
 * the idle time long; then it is lost until it is heard again. When a source is heard while none flows, stream time stands
 * still for the idle time: others that begin at the same time may not have been heard yet. Where none flows, stream time is
 * the greatest of all.
 *
 * <p>How long is told by what the sources say of their wall clocks: the clock here goes on with each source's own steps, none
 * longer than the idle time. So sources' clocks need not agree, a halt of everything is not held against anyone, and the
 * outcome is a function of what was heard. Mutable; confined to one thread; nothing is allocated for a known source.
 */
public final class Watermarks {
    /** Before every time that an event can have, and far enough from the least number to subtract from. */
    public static final long UNKNOWN = Long.MIN_VALUE / 4;

    private static final int LOST_AFTER = 12;

    private final long idleMs;
    private long[] ids = {};
    private long[] timesMs = {};
    private boolean[] resting = {};
    /** By the clock here. */
    private long[] heardMs = {};
    /** How far the clock here is by the steps of that source. */
    private long[] clocksMs = {};
    /** By the source's wall clock. */
    private long[] sentMs = {};

    private long clockMs;
    private long holdUntilMs;
    private boolean changed;

    /** What was last made of all sources; it holds until {@code recheckMs} by the clock here, unless it is stale. */
    private boolean stale = true;

    private long recheckMs;
    private long leastMs;
    private boolean flowing;
    private long resultMs = UNKNOWN;

    /**
     * One source as it is kept.
     *
     * @param timeMs its stream time
     * @param heardMs when it was last heard, by the clock of {@link Kept}
     * @param clockMs how far that clock is by the source's own steps
     * @param sentMs wall clock of the source when it last spoke
     */
    public record Source(long id, long timeMs, boolean resting, long heardMs, long clockMs, long sentMs) {}

    /** All there is to know, to go on with later. */
    public record Kept(long clockMs, long holdUntilMs, List<Source> sources) {
        /** Nothing was heard. */
        public static final Kept NOTHING = new Kept(0, 0, List.of());

        public Kept {
            sources = List.copyOf(sources);
        }
    }

    /** Goes on with what was kept. */
    public Watermarks(Kept kept, long idleMs) {
        this.idleMs = idleMs;
        this.clockMs = kept.clockMs();
        this.holdUntilMs = kept.holdUntilMs();
        resize(kept.sources().size());
        for (int i = 0; i < ids.length; i++) {
            Source source = kept.sources().get(i);
            ids[i] = source.id();
            timesMs[i] = source.timeMs();
            resting[i] = source.resting();
            heardMs[i] = source.heardMs();
            clocksMs[i] = source.clockMs();
            sentMs[i] = source.sentMs();
        }
    }

    /** All of it; what changes from now on makes {@link #isChanged} true. */
    public Kept keep() {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            sources.add(new Source(ids[i], timesMs[i], resting[i], heardMs[i], clocksMs[i], sentMs[i]));
        }
        changed = false;
        return new Kept(clockMs, holdUntilMs, sources);
    }

    /** Whether anything was heard since it was last kept. */
    public boolean isChanged() {
        return changed;
    }

    /** Whether no source was ever heard. */
    public boolean isEmpty() {
        return ids.length == 0;
    }

    /**
     * A source has events.
     *
     * @param streamMs its stream time
     * @param wallMs its wall clock
     */
    public void flows(long source, long streamMs, long wallMs) {
        int i = hear(source, wallMs);
        boolean wasFlowing = !resting[i] && !isLost(i, clockMs);
        if (!wasFlowing) {
            look(clockMs);
            if (!flowing) {
                holdUntilMs = clockMs + idleMs;
            }
            stale = true;
        }
        heardMs[i] = clockMs;
        resting[i] = false;
        stale |= streamMs > timesMs[i] && timesMs[i] <= leastMs;
        timesMs[i] = Math.max(timesMs[i], streamMs);
    }

    /** A source has had no events for a while. */
    public void rests(long source, long streamMs, long wallMs) {
        int i = hear(source, wallMs);
        heardMs[i] = clockMs;
        resting[i] = true;
        stale = true;
        timesMs[i] = Math.max(timesMs[i], streamMs);
    }

    /**
     * Stream time, {@link #UNKNOWN} while it is not told. It may be less than before: a source that flows anew begins where it
     * was.
     *
     * @param silentMs how long nothing was heard of any source
     */
    public long streamMs(long silentMs) {
        refresh(silentMs);
        return resultMs;
    }

    /** Whether any source flows, as {@link #streamMs}. */
    public boolean isFlowing(long silentMs) {
        refresh(silentMs);
        return flowing;
    }

    private void refresh(long silentMs) {
        long nowMs = clockMs + silentMs;
        if (stale || nowMs >= recheckMs) {
            look(nowMs);
            // What silence made of it may not hold once something is heard.
            stale = silentMs > 0;
        }
    }

    private void look(long nowMs) {
        long greatestMs = UNKNOWN;
        leastMs = Long.MAX_VALUE;
        recheckMs = Long.MAX_VALUE;
        for (int i = 0; i < ids.length; i++) {
            greatestMs = Math.max(greatestMs, timesMs[i]);
            if (!resting[i] && !isLost(i, nowMs)) {
                leastMs = Math.min(leastMs, timesMs[i]);
                recheckMs = Math.min(recheckMs, heardMs[i] + lostMs());
            }
        }
        flowing = leastMs != Long.MAX_VALUE;
        resultMs = flowing ? leastMs : greatestMs;
        if (nowMs < holdUntilMs) {
            recheckMs = Math.min(recheckMs, holdUntilMs);
            resultMs = UNKNOWN;
        }
    }

    private boolean isLost(int i, long nowMs) {
        return nowMs - heardMs[i] >= lostMs();
    }

    private long lostMs() {
        return LOST_AFTER * idleMs;
    }

    /** Moves the clock by what the source says of its own. Gives the place of the source. */
    private int hear(long source, long wallMs) {
        changed = true;
        int i = 0;
        while (i < ids.length && ids[i] != source) {
            i++;
        }
        if (i == ids.length) {
            resize(i + 1);
            ids[i] = source;
            timesMs[i] = UNKNOWN;
            resting[i] = true;
            sentMs[i] = wallMs;
        }
        long stepMs = Math.min(Math.max(0, wallMs - sentMs[i]), idleMs);
        sentMs[i] = wallMs;
        clocksMs[i] = Math.max(clocksMs[i], clockMs - idleMs) + stepMs;
        clockMs = Math.max(clockMs, clocksMs[i]);
        return i;
    }

    private void resize(int size) {
        ids = Arrays.copyOf(ids, size);
        timesMs = Arrays.copyOf(timesMs, size);
        resting = Arrays.copyOf(resting, size);
        heardMs = Arrays.copyOf(heardMs, size);
        clocksMs = Arrays.copyOf(clocksMs, size);
        sentMs = Arrays.copyOf(sentMs, size);
    }
}
