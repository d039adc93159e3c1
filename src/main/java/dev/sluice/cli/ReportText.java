package dev.sluice.cli;

import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.RulesetDifference;
import dev.sluice.ruleset.StateOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reload report as lines for people: {@code *} of the ruleset, {@code +} added, {@code -} removed, {@code ~} updated, {@code #}
 * and {@code !} what becomes of window state.
 */
final class ReportText {
    private ReportText() {}

    static List<String> lines(ReloadReport report) {
        List<String> lines = changes(report);
        report.warnings().forEach(warning -> lines.add("! " + warning.message()));
        return lines;
    }

    /** Without the warnings. */
    static List<String> changes(ReloadReport report) {
        RulesetDifference difference = report.difference();
        List<String> lines = new ArrayList<>();
        difference.settings().forEach(change -> lines.add("* " + text(change)));
        difference.added().forEach(rule -> lines.add("+ " + rule));
        difference.removed().forEach(rule -> lines.add("- " + rule));
        for (RulesetDifference.Update update : difference.updated()) {
            for (RulesetDifference.Change change : update.changes()) {
                lines.add("~ " + update.rule() + "  " + text(change));
            }
        }
        if (difference.unchanged() > 0) {
            lines.add("= " + difference.unchanged() + " unchanged");
        }
        report.states().forEach(state -> lines.add(mark(state) + " " + state.rule() + "  " + state.text()));
        return lines;
    }

    private static String mark(StateOutcome state) {
        return state.kind() == StateOutcome.Kind.RESET || state.kind() == StateOutcome.Kind.DROPPED ? "!" : "#";
    }

    private static String text(RulesetDifference.Change change) {
        return change.path() + ": " + text(change.before()) + "  ->  " + text(change.after());
    }

    private static String text(@Nullable String part) {
        return part == null ? "(none)" : part;
    }
}
