package dev.sluice.e2e;

import dev.sluice.evaluation.Emission;
import dev.sluice.evaluation.ModelRule;
import dev.sluice.evaluation.ModelRule.Condition;
import dev.sluice.evaluation.ModelRule.Filter;
import dev.sluice.evaluation.ModelRule.Having;
import dev.sluice.evaluation.ModelRule.Kind;
import dev.sluice.evaluation.ModelRule.Span;
import dev.sluice.evaluation.ModelRule.Speech;
import dev.sluice.evaluation.ModelRule.Trigger;
import dev.sluice.evaluation.RandomSamples;
import dev.sluice.evaluation.Sample;
import dev.sluice.evaluation.WindowModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every kind of window with every trigger that goes with it, with and without a cooldown, each with all aggregates: in place,
 * and handed over. Window sizes, conditions and keys are random.
 */
final class RulesOfEachKind {

    /** Where the events of a rule come from. */
    enum Way {
        /** In place: a task for each partition, and truly late events. */
        HOME,
        /** Handed over from one partition. */
        ONE_SOURCE,
        /** Handed over from all partitions. */
        ALL_SOURCES
    }

    /** What is handed over together: time passes for all of it in a task. */
    enum Handed {
        /** All kinds, from one partition. */
        FROM_ONE_SOURCE,
        /** From one partition and from all, without silence: when that is over depends on the order of partitions. */
        FROM_ALL_SOURCES_TOO
    }

    /** A rule, and how its events come to it. */
    record Routed(ModelRule rule, Way way) {}

    /** More than any two partitions are ever apart, and less than the last events are after all others. */
    private static final long APART_MS = 3 * 86_400_000L;

    private final Random random;
    private final Handed handed;
    private final Filter fromOneSource;
    private final List<Routed> rules = new ArrayList<>();
    private int late;

    /** @param oneSource keys that are all in one partition */
    RulesOfEachKind(Random random, Handed handed, Set<String> oneSource) {
        this.random = random;
        this.handed = handed;
        String listed = oneSource.stream().map(key -> "'" + key + "'").collect(Collectors.joining(", ", "[", "]"));
        this.fromOneSource = new Filter("k in " + listed, reading -> oneSource.contains(reading.k()));
        for (Kind kind : Kind.values()) {
            for (Trigger trigger : kind.triggers()) {
                for (long cooldownMs : List.of(0L, 1L + random.nextInt(150))) {
                    Speech speech = new Speech(trigger, cooldownMs);
                    add(kind, speech, Way.HOME);
                    boolean isAlone = handed == Handed.FROM_ONE_SOURCE;
                    if (isAlone || trigger != Trigger.MISSING) {
                        add(kind, speech, Way.ONE_SOURCE);
                    }
                    if (!isAlone && trigger == Trigger.CLOSE) {
                        add(kind, speech, Way.ALL_SOURCES);
                    }
                }
            }
        }
    }

    private void add(Kind kind, Speech speech, Way way) {
        String cooldown = speech.cooldown() > 0 ? "-cooldown" : "";
        String id = (kind + "-" + speech.trigger() + cooldown + "-" + way)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        Filter filter = Filter.least(random.nextInt(3) - 3);
        if (way == Way.ONE_SOURCE) {
            filter = filter.and(fromOneSource);
        }
        if (way == Way.ONE_SOURCE && speech.trigger() == Trigger.MISSING) {
            filter = filter.and(new Filter("mark == 1", reading -> reading.mark() == 1));
        }
        Having having =
                List.of(Having.COUNT, Having.TOTAL, Having.KINDS, Having.FIELD).get(random.nextInt(4));
        long threshold = switch (having) {
            case COUNT -> 2 + random.nextInt(2);
            case TOTAL -> 8 + random.nextInt(8);
            case KINDS -> 1;
            default -> 5 + random.nextInt(4);
        };
        List<String> keys = way == Way.HOME ? List.of("", "k") : List.of("[k, n % 2]", "n % 3");
        rules.add(new Routed(
                new ModelRule(
                        id,
                        span(kind, way),
                        speech,
                        new Condition(filter, having, threshold),
                        keys.get(random.nextInt(2))),
                way));
    }

    private Span span(Kind kind, Way way) {
        long size = switch (kind) {
            case COUNT -> 4 + random.nextInt(6);
            case SESSION -> 40 + random.nextInt(60);
            default -> 150 + random.nextInt(250);
        };
        long grace = switch (way) {
            case HOME -> random.nextBoolean() ? 0 : random.nextInt(40);
            case ONE_SOURCE ->
                handed == Handed.FROM_ONE_SOURCE ? RandomSamples.DISORDER + random.nextInt(40) : APART_MS;
            case ALL_SOURCES -> APART_MS;
        };
        long step = kind == Kind.SLIDING_BY_STEPS ? size / 10 : size / 4;
        return new Span(kind, size, step, kind == Kind.COUNT ? 0 : grace);
    }

    List<Routed> all() {
        return rules;
    }

    /** The rule file. */
    String text() {
        return "ruleset: " + ModelRule.RULESET + "\nrules:\n"
                + rules.stream().map(routed -> routed.rule().entry()).collect(Collectors.joining());
    }

    /**
     * What the rules must emit for all events.
     *
     * @param byPartition in the order of their offsets
     */
    List<Emission> recomputed(Map<Integer, List<Sample>> byPartition) {
        List<Emission> all = new ArrayList<>();
        for (Routed routed : rules) {
            if (routed.way() == Way.HOME) {
                byPartition.values().forEach(events -> all.addAll(recomputed(routed, events)));
            } else {
                all.addAll(recomputed(
                        routed,
                        byPartition.values().stream()
                                .flatMap(List::stream)
                                .filter(reading -> routed.way() == Way.ALL_SOURCES
                                        || fromOneSource.test().test(reading))
                                .sorted(
                                        routed.way() == Way.ALL_SOURCES
                                                ? Comparator.comparingLong(Sample::time)
                                                : Comparator.comparingInt(Sample::arrival))
                                .toList()));
            }
        }
        return all;
    }

    private List<Emission> recomputed(Routed routed, List<Sample> events) {
        WindowModel model = new WindowModel(routed.rule());
        long streamMs = Long.MIN_VALUE;
        for (Sample event : events) {
            streamMs = Math.max(streamMs, event.time());
            model.pass(streamMs);
            if (routed.rule().admits(event)) {
                model.event(event, streamMs);
            }
        }
        if (routed.way() != Way.HOME && model.late() > 0) {
            throw new IllegalStateException("what is handed over must not be late, or the order of partitions decides");
        }
        late += model.late();
        return model.take();
    }

    /** Late events of all rules in what was recomputed. */
    int late() {
        return late;
    }
}
