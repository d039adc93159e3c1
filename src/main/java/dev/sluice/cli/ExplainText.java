package dev.sluice.cli;

import dev.sluice.evaluation.AccessPath;
import dev.sluice.evaluation.Explanation;
import dev.sluice.evaluation.Explanation.Tested;
import dev.sluice.rule.CompiledRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explanations as lines for people. */
final class ExplainText {
    private ExplainText() {}

    static List<String> way(CompiledRule rule, List<AccessPath> paths) {
        List<String> lines = new ArrayList<>();
        lines.add(rule.id() + source(rule));
        lines.add("  needs     " + names(ExplainCommand.needed(rule)) + "; when it matches "
                + names(ExplainCommand.emitted(rule)));
        for (AccessPath path : paths) {
            lines.addAll(way(path));
        }
        if (rule.timer() != null) {
            lines.addAll(byTime(rule));
        } else if (paths.isEmpty()) {
            lines.add("  never     its condition cannot hold");
        }
        lines.addAll(ExplainWindow.lines(rule));
        return lines;
    }

    private static String source(CompiledRule rule) {
        return rule.timer() == null
                ? " reads " + rule.from()
                : " fires every " + rule.definition().get("every");
    }

    private static List<String> byTime(CompiledRule rule) {
        List<String> lines = new ArrayList<>();
        lines.add("  by time   on each instance, at the multiples of "
                + rule.definition().get("every") + " since 1970-01-01T00:00Z");
        if (rule.when() != null) {
            lines.add("  checks    " + rule.when().source());
        }
        return lines;
    }

    private static List<String> way(AccessPath path) {
        List<String> lines = new ArrayList<>();
        for (AccessPath.Step step : path.steps()) {
            String left = step.search() == AccessPath.Search.SORTED
                    ? " (among " + rules(step.left()) + ")"
                    : " (leaves " + rules(step.left()) + ")";
            lines.add((lines.isEmpty() ? "  found by  " : "  then by   ") + step.predicate() + ", "
                    + text(step.search()) + left);
        }
        if (lines.isEmpty()) {
            lines.add("  looked at for every event" + others(path.neighbours() - 1));
        }
        path.checks().forEach(check -> lines.add("  checks    " + check));
        return lines;
    }

    private static String text(AccessPath.Search search) {
        return switch (search) {
            case HASH -> "by hash";
            case PREFIX -> "by prefix";
            case SORTED -> "by sorted bounds";
        };
    }

    private static String others(int count) {
        return count == 0 ? "" : count == 1 ? ", with 1 other" : ", with " + count + " others";
    }

    private static String rules(int count) {
        return count == 1 ? "1 rule" : count + " rules";
    }

    private static String names(Iterable<String> names) {
        String joined = String.join(", ", names);
        return joined.isEmpty() ? "no field" : joined;
    }

    static List<String> outcome(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        String reason = explanation.reason().isEmpty() ? "" : ": " + explanation.reason();
        lines.add(explanation.path() + source(explanation.rule()) + ": "
                + switch (explanation.outcome()) {
                    case MATCHED -> "matched";
                    case WINDOWED -> "matched, goes into its window";
                    case NOT_MATCHED -> "not matched";
                    case BY_TIME -> "by time, not by events";
                    case FAILED -> "failed";
                    case NOT_REACHED -> "not reached";
                }
                + reason);
        boolean first = true;
        for (List<Tested> alternative : explanation.alternatives()) {
            if (!first) {
                lines.add("  or");
            }
            first = false;
            alternative.forEach(tested -> lines.add(line(tested)));
        }
        if (explanation.outcome() == Explanation.Outcome.MATCHED) {
            lines.add("  emits   " + explanation.rule().emit().type().name() + " " + values(explanation.values()));
        }
        if (!explanation.values().isEmpty() && explanation.outcome() == Explanation.Outcome.WINDOWED) {
            lines.add("  adds    " + values(explanation.values()));
        }
        return lines;
    }

    private static String line(Tested tested) {
        String truth = switch (tested.truth()) {
            case TRUE -> "  true    ";
            case FALSE -> "  false   ";
            case FAILED -> "  failed  ";
        };
        String reason = tested.reason().isEmpty() ? "" : "; " + tested.reason();
        String seen = tested.seen().isEmpty() ? "" : "   with " + values(tested.seen());
        return truth + tested.text() + seen + reason;
    }

    private static String values(Map<String, @Nullable Object> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + ExplainJson.value(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
