package dev.sluice.control;

import dev.sluice.rule.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Problems of a settings file on one line, for an answer. */
final class SettingsProblems {
    private static final int SHOWN_MAX = 20;

    private SettingsProblems() {}

    static String text(List<Problem> problems) {
        String shown =
                problems.stream().limit(SHOWN_MAX).map(SettingsProblems::text).collect(Collectors.joining("; "));
        return problems.size() <= SHOWN_MAX ? shown : shown + "; and " + (problems.size() - SHOWN_MAX) + " more";
    }

    private static String text(Problem problem) {
        String place = problem.line() == 0 ? "" : "line " + problem.line() + ", column " + problem.column() + ": ";
        return place + problem.message();
    }
}
