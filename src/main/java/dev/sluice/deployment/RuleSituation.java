package dev.sluice.deployment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the decider sees of the rules of one ruleset.
 *
 * @param deployment of the ruleset; null: none, so no version may serve
 * @param quarantines by the id of their rule
 * @param history what rules did lately
 */
public record RuleSituation(
        String ruleset,
        Instant now,
        @Nullable Deployment deployment,
        SortedMap<String, Quarantine> quarantines,
        RuleHistory history,
        RuleDigests digests,
        RuleBudget budget) {
    /** Records tell milliseconds: who reads them has to decide as who wrote them. */
    public RuleSituation {
        now = now.truncatedTo(ChronoUnit.MILLIS);
        quarantines = Collections.unmodifiableSortedMap(new TreeMap<>(quarantines));
    }
}
