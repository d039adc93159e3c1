package dev.sluice.evaluation;

/**
 * Figures of a pool on one instance.
 *
 * @param active threads that evaluate
 * @param queue records that wait
 * @param processed events evaluated since the start of the instance
 */
public record PoolFigures(long active, long queue, long processed) {
    public static final PoolFigures NONE = new PoolFigures(0, 0, 0);
}
