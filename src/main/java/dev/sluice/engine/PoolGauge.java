package dev.sluice.engine;

import dev.sluice.evaluation.PoolFigures;

/** Reads the figures of this instance's pool. Safe for many threads. */
@FunctionalInterface
interface PoolGauge {
    /**
     * The figures now.
     *
     * @param nowMs wall clock, milliseconds since the epoch
     */
    PoolFigures read(long nowMs);
}
