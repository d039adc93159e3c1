package dev.sluice.ruleset;

import dev.sluice.rule.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the activation of a version did.
 *
 * @param fromVersion the version before; 0 when there was none
 * @param statePreserved ids of rules whose window state went on
 * @param stateReset rules whose window state began anew; both are empty for stateless rules, which have none
 * @param warnings of the compilation of the new version
 */
public record ReloadReport(
        String ruleset,
        long fromVersion,
        long toVersion,
        RulesetDifference difference,
        List<String> statePreserved,
        List<StateReset> stateReset,
        List<Problem> warnings) {
    public ReloadReport {
        statePreserved = List.copyOf(statePreserved);
        stateReset = List.copyOf(stateReset);
        warnings = List.copyOf(warnings);
    }

    /** A rule whose window state began anew, and why. */
    public record StateReset(String rule, String reason) {}

    /**
     * The report of a change between stateless rulesets.
     *
     * @param before null when there was none
     * @param problems of the compilation of {@code after}; its warnings are kept
     */
    public static ReloadReport of(@Nullable Ruleset before, Ruleset after, List<Problem> problems) {
        return new ReloadReport(
                after.name(),
                before == null ? 0 : before.version(),
                after.version(),
                RulesetDifference.between(before, after),
                List.of(),
                List.of(),
                problems.stream().filter(problem -> !problem.isError()).toList());
    }
}
