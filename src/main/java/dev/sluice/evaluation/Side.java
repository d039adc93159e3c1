package dev.sluice.evaluation;

import dev.sluice.rule.Windowing;
import dev.sluice.window.WindowSpec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A windowed rule as one of two versions that are evaluated side by side has it, differing from the other's. Immutable.
 *
 * <p>The version that owns the group key speaks. The other is silent: with state of its own it is fed; where both share the
 * state, it is counted once, by what the owner's rule admits.
 */
final class Side {
    private final Arms.Rollout rollout;
    private final Arm arm;
    private final IndexedRule speaking;
    private final IndexedRule silent;
    /** Of tumbling windows their size in milliseconds; else 0. */
    private final long tumblingMs;

    private @Nullable IndexedRule sharing;

    /** @param silent the rule in a ruleset that is fed */
    Side(Arms.Rollout rollout, Arm arm, IndexedRule speaking, IndexedRule silent) {
        this.rollout = rollout;
        this.arm = arm;
        this.speaking = speaking;
        this.silent = silent;
        Windowing windowing = Objects.requireNonNull(speaking.rule().windowing(), "only a windowed rule has sides");
        this.tumblingMs = windowing.window().spec() instanceof WindowSpec.Tumbling tumbling ? tumbling.sizeMs() : 0;
    }

    /** Told once, before any thread evaluates: the other version's rule has the same state. */
    void share(Side with) {
        sharing = with.speaking;
    }

    boolean isShared() {
        return sharing != null;
    }

    /** The other version's rule, where it has the same state. */
    Optional<IndexedRule> sharing() {
        return Optional.ofNullable(sharing);
    }

    IndexedRule speaking() {
        return speaking;
    }

    IndexedRule silent() {
        return silent;
    }

    /**
     * Whether the version has the key. A tumbling window belongs to the one that had it as the window began.
     *
     * @param timeMs in the window
     */
    boolean owns(GroupKey key, long timeMs, Windows windows) {
        int weight = tumblingMs == 0
                ? rollout.weight()
                : windows.weight(rollout, Math.floorDiv(timeMs, tumblingMs) * tumblingMs);
        boolean isCandidate = rollout.split().isWithin(weight, key.splitText());
        return isCandidate == (arm == Arm.CANDIDATE);
    }

    /** The rule that is to be evaluated once the event is admitted: this one, silent if it has to be, or the other version's. */
    IndexedRule speaker(GroupKey key, long timeMs, Windows windows) {
        if (owns(key, timeMs, windows)) {
            return speaking;
        }
        return sharing == null ? silent : sharing;
    }
}
