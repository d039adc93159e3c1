package dev.sluice.deployment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The deployment of a ruleset: the last one begun, and what it began from. One value a ruleset; the decider writes it,
 * every instance follows {@link #routing}.
 *
 * @param version that is or was deployed; in {@link DeploymentState.RollingBack} and after it, the one taken back
 * @param attempt grows with each deployment of the ruleset, from 1: what tells two deployments of one version apart
 * @param lineage versions that served all keys before, and were not rolled back, oldest first; the last one serves all
 *     keys that are not this version's; bounded by {@link #LINEAGE_MAX}
 * @param seen highest version that was ever looked at: only higher ones begin a deployment by themselves
 * @param stageOnly whether it waits for a command once the fleet is prepared
 */
public record Deployment(
        String ruleset,
        long version,
        long attempt,
        DeploymentSpec spec,
        DeploymentState state,
        List<Long> lineage,
        long seen,
        boolean stageOnly,
        Origin origin) {
    public static final int LINEAGE_MAX = 20;

    /** Who began it, and why. */
    public record Origin(String actor, String reason) {
        /** The reason given, else what was done and by whom. */
        String reason(String what) {
            return reason.isEmpty() ? what + " by " + actor : reason;
        }
    }

    public Deployment {
        List<Long> last = lineage.subList(Math.max(0, lineage.size() - LINEAGE_MAX), lineage.size());
        lineage = List.copyOf(last);
    }

    /**
     * Which versions serve.
     *
     * @param stable null: none serves
     * @param candidate null: none beside the stable one
     * @param weight buckets that are the candidate's
     * @param prepared a version that is fed but serves no key yet; null: none
     * @param salt of the split
     */
    public record Routing(
            @Nullable Long stable,
            @Nullable Long candidate,
            int weight,
            @Nullable Long prepared,
            String salt) {}

    public Routing routing() {
        @Nullable Long before = before().isPresent() ? (Long) before().getAsLong() : null;
        String salt = ruleset + "/" + version + "/" + attempt;
        return switch (Place.of(state)) {
            case ALL -> new Routing(version, null, 0, null, salt);
            case SOME -> new Routing(before, version, rolling().orElseThrow().weight(), null, salt);
            case READY -> new Routing(before, null, 0, version, salt);
            case NONE -> new Routing(before, null, 0, null, salt);
        };
    }

    /** How much of the traffic a state gives to the version. */
    private enum Place {
        NONE,
        READY,
        SOME,
        ALL;

        static Place of(DeploymentState state) {
            if (state instanceof DeploymentState.Active) {
                return ALL;
            }
            if (state instanceof DeploymentState.RollingOut || state instanceof DeploymentState.Paused) {
                return SOME;
            }
            return state instanceof DeploymentState.Staged ? READY : NONE;
        }
    }

    /** The version that serves all keys which are not this one's, or would after a rollback. */
    public OptionalLong before() {
        return lineage.isEmpty() ? OptionalLong.empty() : OptionalLong.of(lineage.get(lineage.size() - 1));
    }

    /** The version that serves all keys or, while the candidate has some, the others; empty when there is none. */
    public OptionalLong serving() {
        return state instanceof DeploymentState.Active ? OptionalLong.of(version) : before();
    }

    /** Whether an instance needs the version: it serves, may serve next, or is gone back to after a rollback. */
    public boolean mayServe(long other) {
        return (other == version && (state instanceof DeploymentState.Active || !state.isOver()))
                || (before().isPresent() && before().getAsLong() == other);
    }

    /** Whether it goes on by itself or by command, or its health is still watched. */
    public boolean isWatched() {
        return state instanceof DeploymentState.Active active ? active.bakedAt() != null : !state.isOver();
    }

    /** The same where of all versions only some are still there. */
    public Deployment retaining(Set<Long> versions) {
        long highest = versions.isEmpty() ? 0 : Collections.max(versions);
        List<Long> rest = lineage.stream().filter(versions::contains).toList();
        return new Deployment(ruleset, version, attempt, spec, state, rest, Math.min(seen, highest), stageOnly, origin);
    }

    /** The stage, also of a deployment that stands still in it. */
    Optional<DeploymentState.RollingOut> rolling() {
        if (state instanceof DeploymentState.RollingOut rolling) {
            return Optional.of(rolling);
        }
        return state instanceof DeploymentState.Paused paused ? Optional.of(paused.was()) : Optional.empty();
    }

    Deployment with(DeploymentState next) {
        return new Deployment(ruleset, version, attempt, spec, next, lineage, seen, stageOnly, origin);
    }

    Deployment withLineage(List<Long> versions) {
        return new Deployment(ruleset, version, attempt, spec, state, versions, seen, stageOnly, origin);
    }

    /** The lineage of a deployment that begins now. */
    List<Long> lineageOfNext() {
        if (!(state instanceof DeploymentState.Active)) {
            return lineage;
        }
        List<Long> next = new ArrayList<>(lineage);
        next.add(version);
        return next;
    }
}
