package dev.sluice.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the decider sees of the world: all of it for one ruleset.
 *
 * @param candidates the accepted versions on the control topic, by number
 * @param health what versions did lately
 * @param splits how many other rulesets have a share of their keys with a candidate
 * @param splitsMax how many rulesets may be split at one time
 */
public record Situation(
        String ruleset,
        Instant now,
        SortedMap<Long, Candidate> candidates,
        FleetView fleet,
        HealthHistory health,
        int splits,
        int splitsMax) {
    /** Rulesets that may be split at one time unless settings say otherwise: each doubles the indexes of an instance. */
    public static final int SPLITS_MAX = 3;

    /** Records tell milliseconds: who reads them has to decide as who wrote them. */
    public Situation {
        now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    /** With the default of rulesets that may be split. */
    public Situation(
            String ruleset,
            Instant now,
            SortedMap<Long, Candidate> candidates,
            FleetView fleet,
            HealthHistory health,
            int splits) {
        this(ruleset, now, candidates, fleet, health, splits, SPLITS_MAX);
    }

    /** The same with the versions that may be deployed. */
    public Situation with(SortedMap<Long, Candidate> others) {
        return new Situation(ruleset, now, others, fleet, health, splits, splitsMax);
    }

    /** When who decides began to look: what should have been heard before then may not have been. */
    Instant watchedSince() {
        return health.begun();
    }

    /** Whether it is time, and the fleet had a fair chance to be heard by who decides. */
    boolean isPast(Instant deadline, Duration allowed) {
        Duration chance = allowed.compareTo(fleet.goneAfter()) < 0 ? allowed : fleet.goneAfter();
        return !now.isBefore(deadline) && !now.isBefore(watchedSince().plus(chance));
    }

    /**
     * A published version.
     *
     * @param spec what its publisher said, else its file, else the fleet's default, else the default
     * @param stageOnly whether it waits for a command once it is prepared
     * @param refusal why it cannot be deployed as it is wanted, such as a template that is not there; null: it can
     */
    public record Candidate(
            long version,
            DeploymentSpec spec,
            boolean stageOnly,
            Deployment.Origin origin,
            @Nullable String refusal) {
        /** One that can be deployed. */
        public Candidate(long version, DeploymentSpec spec, boolean stageOnly, Deployment.Origin origin) {
            this(version, spec, stageOnly, origin, null);
        }
    }
}
