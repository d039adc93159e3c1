package dev.sluice.rule.compile;

import com.google.common.collect.Lists;
import dev.sluice.rule.EventType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The checked expressions of one compilation: each text of an event type once. Confined to its thread. */
final class Checks {
    /** Fewer are checked faster by one thread. */
    private static final int PARALLEL_MIN = 64;

    private final Function<EventType, ExpressionChecker> checkers;
    private final Effort effort;
    private final IdentityHashMap<EventType, OfType> byType = new IdentityHashMap<>();

    private record OfType(ExpressionChecker checker, Map<String, Checked> checked) {}

    Checks(Function<EventType, ExpressionChecker> checkers, Effort effort) {
        this.checkers = checkers;
        this.effort = effort;
    }

    Checked check(EventType type, String text) {
        OfType known = of(type);
        Checked checked = known.checked().get(text);
        if (checked == null) {
            checked = known.checker().check(text);
            known.checked().put(text, checked);
        }
        return checked;
    }

    /** Checks what will be asked for, by several threads when it is much. */
    void ahead(EventType type, Set<String> texts) {
        if (texts.size() < PARALLEL_MIN) {
            return;
        }
        OfType known = of(type);
        portions(texts, effort.processors()).parallelStream()
                .forEach(some -> some.forEach(text -> {
                    known.checked().put(text, known.checker().check(text));
                    pace().step();
                }));
    }

    Pace pace() {
        return effort.pace();
    }

    /** The texts in at most so many lists, each for one thread. */
    static List<List<String>> portions(Set<String> texts, int most) {
        return Lists.partition(List.copyOf(texts), (texts.size() - 1) / most + 1);
    }

    private OfType of(EventType type) {
        return byType.computeIfAbsent(type, t -> new OfType(checkers.apply(t), new ConcurrentHashMap<>()));
    }

    /** The texts of rules that are over the type that they read, by its name. */
    static Map<String, Set<String>> texts(List<RuleFile.Rule> rules) {
        Map<String, Set<String>> texts = new HashMap<>();
        for (RuleFile.Rule rule : rules) {
            Set<String> ofType = texts.computeIfAbsent(rule.reads(), type -> new LinkedHashSet<>());
            if (rule.when() != null) {
                ofType.add(rule.when().expression());
            }
            Windowed windowed = rule.windowed();
            if (windowed == null) {
                rule.emit().fields().values().forEach(value -> ofType.add(value.expression()));
                continue;
            }
            windowed.partitionBy().forEach(part -> ofType.add(part.expression()));
            windowed.aggregates().values().stream()
                    .flatMap(text -> AggregateCall.of(text.expression()).stream())
                    .flatMap(call -> call.arguments().stream().limit(1))
                    .forEach(argument -> ofType.add(argument.text()));
        }
        return texts;
    }
}
