package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.KeyState;

/** The window state of one task, which an evaluation reads and changes. Confined to the task's thread. */
public interface Windows {

    /**
     * Whether all events of one key of the rule are read by this task; if not, events that meet its condition are handed
     * over to the task that has the key.
     */
    boolean isHome(CompiledRule rule);

    /** The state of a key, fresh if it has none. What is done to it afterwards is kept. */
    KeyState of(Ruleset ruleset, CompiledRule rule, GroupKey key);

    /**
     * The weight that a version on its way had as stream time passed the start of a window, in buckets: a tumbling window
     * belongs to one version from its start to its end.
     */
    default int weight(Arms.Rollout rollout, long windowStartMs) {
        return rollout.weight();
    }
}
