package dev.sluice.engine;

import dev.sluice.engine.SourceMark.Flow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One task as a source of events that are handed over. What it hands over tells its stream time, and so do its marks: one a
 * second to every task that receives, while events come, and one when they have stayed away for long, so that windows wait for
 * it no longer. Confined to the task's thread.
 */
final class Origin {
    static final long MARK_EVERY_MS = 1_000;

    private final long source;
    private final LongSupplier wallClockMs;
    private final long idleMs;
    private long toldMs = Long.MIN_VALUE;
    private boolean fed;
    private Told told = Told.NOTHING;
    private long lastLookMs;
    private long lastMarkMs;
    private long quietMs;

    private Origin(long source, LongSupplier wallClockMs, long idleMs) {
        this.source = source;
        this.wallClockMs = wallClockMs;
        this.idleMs = idleMs;
        this.lastLookMs = wallClockMs.getAsLong();
        this.lastMarkMs = lastLookMs - MARK_EVERY_MS;
    }

    /** @param partition {@code TOPIC-PARTITION} that the task reads */
    static Origin ofEvents(String partition, LongSupplier wallClockMs, long idleMs) {
        return new Origin(source(partition), wallClockMs, idleMs);
    }

    /** A task that itself receives what is handed over: its stream time follows from the others. */
    static Origin ofHandovers(LongSupplier wallClockMs) {
        return new Origin(SourceMark.NO_SOURCE, wallClockMs, Long.MAX_VALUE);
    }

    /** Eight bytes of a cryptographic hash, the same in every process. */
    static long source(String partition) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(partition.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() | 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    long source() {
        return source;
    }

    /** Stream time that all windows of the task have followed; what they emitted on the way is handed over with that before. */
    long toldMs() {
        return toldMs;
    }

    long wallMs() {
        return wallClockMs.getAsLong();
    }

    /** The task's windows have come to a stream time. */
    void reached(long streamMs) {
        toldMs = Math.max(toldMs, streamMs);
    }

    /** An event has come. */
    void fed() {
        fed = true;
    }

    /**
     * What is to be told to all, from time to time.
     *
     * <p>Time in which the task was not looked at does not count as quiet: its events may wait.
     *
     * @param handsOver whether any rule of now may hand over events of the task
     */
    Optional<SourceMark> due(Handing handsOver) {
        long nowMs = wallClockMs.getAsLong();
        quietMs = fed ? 0 : quietMs + Math.min(Math.max(0, nowMs - lastLookMs), MARK_EVERY_MS);
        lastLookMs = nowMs;
        boolean wants = handsOver == Handing.OVER;
        if (wants && fed) {
            if (nowMs - lastMarkMs < MARK_EVERY_MS) {
                return Optional.empty();
            }
            lastMarkMs = nowMs;
            fed = false;
            told = Told.FLOWING;
            return Optional.of(new SourceMark(source, toldMs, nowMs, Flow.FLOWING));
        }
        fed = false;
        boolean isOver = wants ? quietMs >= idleMs && told != Told.RESTING : told == Told.FLOWING;
        if (!isOver) {
            return Optional.empty();
        }
        told = Told.RESTING;
        return Optional.of(new SourceMark(source, toldMs, nowMs, Flow.RESTING));
    }

    /** What the last mark said. */
    private enum Told {
        NOTHING,
        FLOWING,
        RESTING
    }

    /** Whether any rule may hand events over. */
    enum Handing {
        OVER,
        NOTHING
    }
}
