package dev.sluice.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the instances last said of one ruleset.
 *
 * @param instances those that have not said good-bye
 * @param goneAfter silence after which an instance counts no more: its partitions are others' by then
 */
public record FleetView(List<Instance> instances, Duration goneAfter) {

    /**
     * One instance.
     *
     * @param heardAt when it was last heard of, by the decider's clock
     * @param silentAfter silence after which it is not believed to be well
     * @param prepared versions that it could serve at once
     * @param refused versions that it cannot serve, with the reason
     * @param serving version of the keys that are not the candidate's, as its threads read it; null: none
     * @param candidate version of the candidate's keys, as its threads read it; null: none
     */
    public record Instance(
            String id,
            Instant heardAt,
            Duration silentAfter,
            Set<Long> prepared,
            Map<Long, String> refused,
            @Nullable Long serving,
            @Nullable Long candidate) {
        public Instance {
            prepared = Set.copyOf(prepared);
            refused = Map.copyOf(refused);
        }

        boolean isSilent(Instant now) {
            return heardAt.plus(silentAfter).isBefore(now);
        }
    }

    public FleetView {
        instances = List.copyOf(instances);
    }

    /** Those that count: silent ones too, until they are gone. */
    List<Instance> present(Instant now) {
        return instances.stream()
                .filter(instance -> !instance.heardAt().plus(goneAfter).isBefore(now))
                .toList();
    }
}
