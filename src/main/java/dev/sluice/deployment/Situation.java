package dev.sluice.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;

/**
 * What the decider sees of the world: all of it for one ruleset.
 *
 * @param candidates the accepted versions on the control topic, by number
 * @param health what versions did lately
 * @param splits how many other rulesets have a share of their keys with a candidate
 */
public record Situation(
        String ruleset,
        Instant now,
        SortedMap<Long, Candidate> candidates,
        FleetView fleet,
        HealthHistory health,
        int splits) {
    /** Records tell milliseconds: who reads them has to decide as who wrote them. */
    public Situation {
        now = now.truncatedTo(ChronoUnit.MILLIS);
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

    /** Rulesets whose keys may be split at one time: each doubles the indexes that an instance holds. */
    public static final int SPLITS_MAX = 3;

    /**
     * A published version.
     *
     * @param spec what its publisher said, else its file's default, else the default
     * @param stageOnly whether it waits for a command once it is prepared
     */
    public record Candidate(long version, DeploymentSpec spec, boolean stageOnly, Deployment.Origin origin) {}
}
