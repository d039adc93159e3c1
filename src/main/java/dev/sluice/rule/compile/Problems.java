package dev.sluice.rule.compile;

import dev.sluice.rule.Problem;
import dev.sluice.rule.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The problems of one rule file as they are found. Confined to one compilation. */
final class Problems {
    /** Problems shown for one file; the rest are counted. */
    static final int SHOWN_MAX = 100;

    private final List<Problem> found = new ArrayList<>();

    void error(Place place, String code, @Nullable String rule, String message) {
        found.add(new Problem(Severity.ERROR, code, rule, place.line(), place.column(), message));
    }

    void warning(Place place, String code, @Nullable String rule, String message) {
        found.add(new Problem(Severity.WARNING, code, rule, place.line(), place.column(), message));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /** In order of place; of many, errors are shown before warnings and the last one counts those left out. */
    List<Problem> inOrder() {
        Comparator<Problem> byPlace = Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);
        List<Problem> shown = found.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::severity).thenComparing(byPlace))
                .toList();
        int left = shown.size() - SHOWN_MAX;
        List<Problem> result =
                new ArrayList<>(shown.stream().limit(SHOWN_MAX).sorted(byPlace).toList());
        if (left > 0) {
            Severity worst = hasErrors() ? Severity.ERROR : Severity.WARNING;
            result.add(new Problem(
                    worst,
                    "too-many-problems",
                    null,
                    0,
                    0,
                    "and " + left + " more problems; correct those above and check again"));
        }
        return result;
    }
}
