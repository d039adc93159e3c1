package dev.sluice.rule.compile;

import dev.sluice.rule.Problem;
import dev.sluice.rule.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The problems of one rule file as they are found. Confined to one compilation. */
final class Problems {
    /** Problems shown for one file; the rest are counted. */
    static final int SHOWN_MAX = 100;

    private final List<Problem> found = new ArrayList<>();
    private final Map<String, Template> templates = new HashMap<>();

    /** What makes two problems one: rules from one template, or with one YAML anchor, have their mistakes in common. */
    private record Identity(Severity severity, String code, Place place, String message) {
        static Identity of(Problem problem) {
            return new Identity(
                    problem.severity(), problem.code(), new Place(problem.line(), problem.column()), problem.message());
        }
    }

    /** Problems of this rule whose place is in the template will name both. */
    void foundIn(Template template, String rule) {
        templates.put(rule, template);
    }

    void error(Place place, String code, @Nullable String rule, String message) {
        found.add(new Problem(Severity.ERROR, code, rule, place.line(), place.column(), message));
    }

    void warning(Place place, String code, @Nullable String rule, String message) {
        found.add(new Problem(Severity.WARNING, code, rule, place.line(), place.column(), message));
    }

    /** All so far, in the order in which they were found. */
    List<Problem> found() {
        return List.copyOf(found);
    }

    void addAll(List<Problem> problems) {
        found.addAll(problems);
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /** In order of place; of many, errors are shown before warnings and the last one counts those left out. */
    List<Problem> inOrder() {
        Comparator<Problem> byPlace = Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);
        Map<Identity, Problem> first = new LinkedHashMap<>();
        found.forEach(problem -> first.putIfAbsent(Identity.of(problem), problem));
        List<Problem> shown = first.values().stream()
                .map(this::withTemplate)
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

    private Problem withTemplate(Problem problem) {
        Template template = problem.rule() == null ? null : templates.get(problem.rule());
        Place place = new Place(problem.line(), problem.column());
        if (template == null || place.compareTo(template.place()) < 0 || place.compareTo(template.end()) >= 0) {
            return problem;
        }
        return new Problem(
                problem.severity(),
                problem.code(),
                problem.rule(),
                problem.line(),
                problem.column(),
                problem.message() + " (template `" + template.name() + "` with the values of rule `" + problem.rule()
                        + "`)");
    }
}
