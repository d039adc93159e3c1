package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.KeyState;

/** The state of one key of a windowed rule, for which time has passed. */
public record Due(Ruleset ruleset, CompiledRule rule, GroupKey key, KeyState state) {

    /**
     * Stream time at which a rule has something to say of a key without a further event: the end of a window, or a silence;
     * {@link Long#MAX_VALUE} for never. It may change with each event of the key, and with the rule.
     */
    public static long atMs(Windowing windowing, KeyState state) {
        if (windowing.trigger() instanceof Trigger.Close) {
            return state.nextCloseMs();
        }
        boolean isWaiting = state.newestMs() != Long.MIN_VALUE && !NewestEvent.isReported(state);
        return windowing.trigger() instanceof Trigger.Missing missing && isWaiting
                ? later(state.newestMs(), missing.silenceMs())
                : Long.MAX_VALUE;
    }

    /** Where the newest event of the key stands, as far as the state knows. */
    public Moment newest(long streamMs) {
        return NewestEvent.of(state).moment(state.newestMs(), streamMs);
    }

    /** A sum of times that stays in the range of long. */
    static long later(long timeMs, long byMs) {
        return timeMs > Long.MAX_VALUE - byMs ? Long.MAX_VALUE : timeMs + byMs;
    }
}
