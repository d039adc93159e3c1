package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import org.jspecify.annotations.Nullable;

/** The variables of the macros in one evaluation, by slot, and its count of iterations. Confined to one thread. */
public final class Locals {
    /** For expressions without macros. */
    public static final Locals NONE = new Locals(0, 0);

    private final @Nullable Object[] values;
    private int iterationsLeft;

    /** @param iterationsMax iterations of all macros of the evaluation together */
    public Locals(int slots, int iterationsMax) {
        this.values = new @Nullable Object[slots];
        this.iterationsLeft = iterationsMax;
    }

    @Nullable Object get(int slot) {
        return values[slot];
    }

    /** Begins an iteration with its variable. */
    void next(int slot, @Nullable Object value) throws EvaluationException {
        if (--iterationsLeft < 0) {
            iterationsLeft = 0;
            throw new EvaluationException(Failures.ITERATIONS);
        }
        values[slot] = value;
    }
}
