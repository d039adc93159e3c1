package dev.sluice.engine;

import dev.sluice.deployment.Figures;
import dev.sluice.engine.VersionTally.Name;
import dev.sluice.engine.VersionTally.OfRule;
import dev.sluice.schema.RuleFigures;
import dev.sluice.schema.VersionFigures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** The tallies of all threads, added up for a report: of each ruleset the versions that matter. Confined to one thread. */
final class VersionSums {
    /** A version that serves no more is reported for so long. */
    static final long KEPT_NS = TimeUnit.MINUTES.toNanos(10);

    private static final int VERSIONS_MAX = 4;
    private static final int RULES_MAX = 100;
    private static final Comparator<Name> NEWEST_FIRST =
            Comparator.comparingLong(Name::version).reversed();

    private final Map<Name, Figures> versions = new HashMap<>();
    private final Map<Name, Map<String, long[]>> rules = new HashMap<>();

    /** @param wanted all others are left out */
    private VersionSums(Collection<Name> wanted) {
        wanted.forEach(name -> versions.put(name, Figures.NONE));
    }

    /**
     * For those versions of each ruleset that serve, and the newest of the others, at most four.
     *
     * @param served whether a version serves
     */
    static VersionSums ofSome(Map<Name, Boolean> served) {
        Map<String, List<Name>> wanted = new HashMap<>();
        served.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Name, Boolean> each) -> !each.getValue())
                        .thenComparing(Map.Entry::getKey, NEWEST_FIRST))
                .map(Map.Entry::getKey)
                .forEach(name -> {
                    List<Name> those = wanted.computeIfAbsent(name.ruleset(), each -> new ArrayList<>());
                    if (those.size() < VERSIONS_MAX) {
                        those.add(name);
                    }
                });
        return new VersionSums(wanted.values().stream().flatMap(List::stream).toList());
    }

    boolean hasWanted(Name version) {
        return versions.containsKey(version);
    }

    void add(VersionTally version) {
        if (!hasWanted(version.name())) {
            return;
        }
        add(version.name(), version.before());
        add(version.name(), new Figures(0, version.errors(), 0, version.alerts(), 0, 0, Figures.NONE.latencies()));
        Map<String, long[]> ofRules = rules.computeIfAbsent(version.name(), name -> new HashMap<>());
        version.rules().forEach((id, rule) -> rule.addTo(ofRules.computeIfAbsent(id, each -> new long[OfRule.COUNTS])));
    }

    /** @param combination as a {@link Tally} counts */
    void add(Name version, AtomicLongArray combination) {
        if (!hasWanted(version)) {
            return;
        }
        add(
                version,
                new Figures(
                        Tally.evaluations(combination),
                        0,
                        Tally.timeouts(combination),
                        0,
                        Tally.measured(combination),
                        Tally.nanos(combination),
                        Tally.latencies(combination)));
    }

    private void add(Name version, Figures figures) {
        versions.merge(version, figures, Figures::plus);
    }

    /** By ruleset, the newest version first. */
    Map<String, List<VersionFigures>> byRuleset() {
        Map<String, List<VersionFigures>> byRuleset = new TreeMap<>();
        versions.keySet().stream()
                .sorted(NEWEST_FIRST)
                .forEach(name -> byRuleset
                        .computeIfAbsent(name.ruleset(), each -> new ArrayList<>())
                        .add(figures(name)));
        return byRuleset;
    }

    private VersionFigures figures(Name name) {
        Figures figures = versions.getOrDefault(name, Figures.NONE);
        return VersionFigures.newBuilder()
                .setVersion(name.version())
                .setEvaluations(figures.evaluations())
                .setErrors(figures.errors())
                .setTimeouts(figures.timeouts())
                .setAlerts(figures.alerts())
                .setMeasured(figures.measured())
                .setNanos(figures.nanos())
                .setLatencies(withoutLastZeros(figures.latencies().counts()))
                .setRules(ruleFigures(rules.getOrDefault(name, Map.of())))
                .build();
    }

    private static List<Long> withoutLastZeros(long[] counts) {
        int size = counts.length;
        while (size > 0 && counts[size - 1] == 0) {
            size--;
        }
        List<Long> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(counts[i]);
        }
        return list;
    }

    /** Those that failed or took too long, the most first: some may be over their budget. Then those with the most alerts. */
    private static List<RuleFigures> ruleFigures(Map<String, long[]> rules) {
        List<RuleFigures> figures = new ArrayList<>();
        rules.forEach((id, counts) ->
                figures.add(new RuleFigures(id, counts[0], counts[1], counts[2], counts[3], counts[4])));
        figures.sort(Comparator.comparingLong((RuleFigures rule) -> rule.getErrors() + rule.getTimeouts())
                .thenComparing(RuleFigures::getAlerts)
                .reversed()
                .thenComparing(RuleFigures::getRule));
        return figures.size() <= RULES_MAX
                ? Collections.unmodifiableList(figures)
                : List.copyOf(figures.subList(0, RULES_MAX));
    }
}
