package dev.sluice.engine;

import dev.sluice.evaluation.Arms;
import dev.sluice.window.ByteIn;
import dev.sluice.window.ByteOut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The steps by which versions on their way got their keys, each with the stream time at which this task first saw it. A
 * tumbling window that had begun by then stays with the version it began with. Stored with the task's windows; forgotten when
 * the rollout is over. Confined to the task's thread.
 */
final class RolloutSteps {
    /** Windows as old as what is left out are over. */
    private static final int STEPS_MAX = 64;

    private static final int FORMAT = 1;

    /** By the split's salt, which tells the attempt. */
    private final Map<String, List<Step>> bySplit;

    private boolean changed;

    /**
     * @param weight buckets that are the candidate's
     * @param seenMs {@link Long#MIN_VALUE} when the task had seen no event yet
     */
    private record Step(int weight, long seenMs) {}

    private RolloutSteps(Map<String, List<Step>> bySplit) {
        this.bySplit = bySplit;
    }

    static RolloutSteps none() {
        return new RolloutSteps(new HashMap<>());
    }

    /** Goes over to other rules. */
    void use(Arms arms, long streamMs) {
        changed |= bySplit.keySet()
                .retainAll(arms.rollouts().stream()
                        .map(rollout -> rollout.split().salt())
                        .collect(Collectors.toSet()));
        arms.rollouts().forEach(rollout -> see(rollout, streamMs));
    }

    private void see(Arms.Rollout rollout, long streamMs) {
        List<Step> steps = bySplit.computeIfAbsent(rollout.split().salt(), salt -> new ArrayList<>());
        boolean isNew = steps.isEmpty() || steps.get(steps.size() - 1).weight() != rollout.weight();
        if (isNew) {
            steps.add(new Step(rollout.weight(), streamMs));
            if (steps.size() > STEPS_MAX) {
                steps.remove(0);
            }
            changed = true;
        }
    }

    /** The weight in force as stream time passed an instant; 0 before the first step. */
    int weight(Arms.Rollout rollout, long timeMs) {
        List<Step> steps = bySplit.getOrDefault(rollout.split().salt(), List.of());
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (timeMs > steps.get(i).seenMs()) {
                return steps.get(i).weight();
            }
        }
        return 0;
    }

    /** Whether anything changed since the last {@link #write}. */
    boolean isChanged() {
        return changed;
    }

    byte[] write() {
        changed = false;
        ByteOut sink = new ByteOut().oneByte(FORMAT).unsigned(bySplit.size());
        new TreeMap<>(bySplit).forEach((salt, steps) -> {
            sink.text(salt).unsigned(steps.size());
            steps.forEach(step -> sink.unsigned(step.weight()).fixed(step.seenMs()));
        });
        return sink.toBytes();
    }

    /** @throws IllegalStateException when a newer version of this class wrote it */
    static RolloutSteps read(byte[] bytes) {
        ByteIn source = new ByteIn(bytes);
        int format = source.oneByte();
        if (format != FORMAT) {
            throw new IllegalStateException("steps of a rollout in format " + format
                    + " were written by a newer version of" + " Sluice: run that, or reset the application's state");
        }
        Map<String, List<Step>> read = new HashMap<>();
        int splits = source.count();
        for (int i = 0; i < splits; i++) {
            String salt = source.text();
            List<Step> steps = new ArrayList<>();
            int count = source.count();
            for (int j = 0; j < count; j++) {
                steps.add(new Step((int) source.unsigned(), source.fixed()));
            }
            read.put(salt, steps);
        }
        return new RolloutSteps(read);
    }
}
