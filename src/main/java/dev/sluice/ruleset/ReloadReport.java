package dev.sluice.ruleset;

import dev.sluice.rule.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the activation of a version did.
 *
 * @param fromVersion the version before; 0 when there was none
 * @param states what became of window state: of every rule that has or had a window
 * @param warnings of the compilation of the new version
 */
public record ReloadReport(
        String ruleset,
        long fromVersion,
        long toVersion,
        RulesetDifference difference,
        List<StateOutcome> states,
        List<Problem> warnings) {
    private static final int TEXT_MAX = 400;

    public ReloadReport {
        states = List.copyOf(states);
        warnings = List.copyOf(warnings);
    }

    /**
     * The report of a change from one version to another.
     *
     * @param before null when there was none
     * @param problems of the compilation of {@code after}; its warnings are kept
     */
    public static ReloadReport of(@Nullable Ruleset before, Ruleset after, List<Problem> problems) {
        return of(before, null, after, problems);
    }

    /**
     * The same where something is fed.
     *
     * @param fed what is fed of an earlier version; null for nothing
     */
    public static ReloadReport of(
            @Nullable Ruleset before, @Nullable Ruleset fed, Ruleset after, List<Problem> problems) {
        return new ReloadReport(
                after.name(),
                before == null ? 0 : before.version(),
                after.version(),
                RulesetDifference.between(before, after),
                StateOutcome.between(before, fed, after),
                problems.stream().filter(problem -> !problem.isError()).toList());
    }

    /**
     * The same for places that must stay small: at most {@code most} rules of each kind of change and as many warnings,
     * texts at most {@value #TEXT_MAX} characters. A warning says how many changed rules are left out.
     */
    public ReloadReport abridged(int most) {
        RulesetDifference listed = new RulesetDifference(
                first(most, difference.added()),
                first(most, difference.removed()),
                first(most, difference.updated()).stream()
                        .map(ReloadReport::abridged)
                        .toList(),
                difference.unchanged(),
                difference.settings().stream().map(ReloadReport::abridged).toList());
        List<Problem> told = new ArrayList<>(first(most, warnings));
        int leftOut = beyond(most, difference.added())
                + beyond(most, difference.removed())
                + beyond(most, difference.updated())
                + beyond(most, states);
        if (leftOut > 0) {
            told.add(new Problem(
                    Problem.Severity.WARNING,
                    "not-listed",
                    null,
                    0,
                    0,
                    leftOut + " more changed rules are not listed"));
        }
        return new ReloadReport(ruleset, fromVersion, toVersion, listed, first(most, states), told);
    }

    private static RulesetDifference.Update abridged(RulesetDifference.Update update) {
        return new RulesetDifference.Update(
                update.rule(),
                update.changes().stream().map(ReloadReport::abridged).toList());
    }

    private static RulesetDifference.Change abridged(RulesetDifference.Change change) {
        return new RulesetDifference.Change(change.path(), abridged(change.before()), abridged(change.after()));
    }

    private static @Nullable String abridged(@Nullable String text) {
        return text == null || text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 3) + "...";
    }

    private static int beyond(int most, List<?> list) {
        return Math.max(0, list.size() - most);
    }

    private static <T> List<T> first(int most, List<T> list) {
        return list.subList(0, Math.min(most, list.size()));
    }
}
