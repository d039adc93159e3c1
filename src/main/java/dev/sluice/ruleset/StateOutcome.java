package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.StateIdentity;
import dev.sluice.window.Migration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the window state of one rule when another version of its ruleset takes over: told from the two versions
 * alone, before anything happens.
 *
 * @param exactAfterMs for {@link Kind#PARTLY}: stream time after the change from which on every window is whole; else 0
 * @param reason why, in a few words; may be empty for what is kept
 */
public record StateOutcome(String rule, Kind kind, long exactAfterMs, String reason) {

    /** What becomes of state. */
    public enum Kind {
        /** The rule has no state to go on with. */
        NEW,
        /** It goes on, and is exact. */
        KEPT,
        /** It goes on; windows that reach back before the change lack something. */
        PARTLY,
        /** It begins anew. */
        RESET,
        /** Its rule is gone, or has no window any more. */
        DROPPED
    }

    /**
     * The outcomes for all rules that have or had a window, in the order of the new file, then of the old one.
     *
     * @param before null when there was no version
     */
    public static List<StateOutcome> between(@Nullable Ruleset before, Ruleset after) {
        return between(before, null, after);
    }

    /**
     * The same where something is fed.
     *
     * @param fed what is fed of an earlier version; null for nothing
     */
    public static List<StateOutcome> between(@Nullable Ruleset before, @Nullable Ruleset fed, Ruleset after) {
        ChangedRules changed = ChangedRules.between(before, after);
        Map<String, CompiledRule> old = new HashMap<>();
        changed.before().forEach(rule -> old.put(rule.id(), rule));
        Map<String, Windowing> fedNow = fed == null ? Map.of() : FedRules.windowings(fed.rules());
        List<StateOutcome> outcomes = new ArrayList<>();
        for (int place = 0; place < after.rules().size(); place++) {
            CompiledRule rule = after.rules().get(place);
            CompiledRule was = changed.hasPlace(place) ? old.remove(rule.id()) : rule;
            if (rule.windowing() != null && fed != null && FedRules.isSame(rule.windowing(), fedNow.get(rule.id()))) {
                outcomes.add(new StateOutcome(
                        rule.id(), Kind.KEPT, 0, "it was fed since version " + fed.version() + " was in force"));
            } else if (rule.windowing() != null) {
                outcomes.add(of(was, rule, rule.windowing()));
            } else if (was != null && was.windowing() != null) {
                outcomes.add(new StateOutcome(rule.id(), Kind.DROPPED, 0, "the rule has no window any more"));
            }
        }
        changed.before().stream()
                .filter(rule -> rule.windowing() != null && old.containsKey(rule.id()))
                .forEach(rule -> outcomes.add(new StateOutcome(rule.id(), Kind.DROPPED, 0, "the rule is removed")));
        return outcomes;
    }

    private static StateOutcome of(@Nullable CompiledRule before, CompiledRule after, Windowing windowing) {
        Windowing was = before == null ? null : before.windowing();
        if (before == null || was == null) {
            return new StateOutcome(
                    after.id(), Kind.NEW, 0, before == null ? "the rule is new" : "the rule had no window before");
        }
        if (!was.identity().equals(windowing.identity())) {
            return new StateOutcome(after.id(), Kind.RESET, 0, difference(was.identity(), windowing.identity()));
        }
        Migration migration = Migration.between(was.shape(), windowing.shape());
        return switch (migration.outcome()) {
            case KEPT -> new StateOutcome(after.id(), Kind.KEPT, 0, filterChange(before, after));
            case EXACT_LATER -> new StateOutcome(after.id(), Kind.PARTLY, migration.exactAfterMs(), migration.reason());
            case RESET -> new StateOutcome(after.id(), Kind.RESET, 0, migration.reason());
        };
    }

    private static String filterChange(CompiledRule before, CompiledRule after) {
        String was = before.definition().get("when");
        return Objects.equals(was, after.definition().get("when"))
                ? ""
                : "its window holds events that the old condition let in; `state` with another text starts clean";
    }

    private static String difference(StateIdentity before, StateIdentity after) {
        if (!before.from().equals(after.from())) {
            return "it reads " + after.from() + ", before " + before.from();
        }
        if (!before.partitionBy().equals(after.partitionBy())) {
            return "its key is " + key(after) + ", before " + key(before);
        }
        return "its `state` is another text";
    }

    private static String key(StateIdentity identity) {
        return identity.partitionBy().isEmpty() ? "the event's" : String.join(", ", identity.partitionBy());
    }

    /** One line for people, without the rule. */
    public String text() {
        String told = switch (kind) {
            case NEW -> "state begins";
            case KEPT -> "state kept";
            case PARTLY ->
                exactAfterMs > 0
                        ? "state kept, exact " + duration(exactAfterMs) + " after the change"
                        : "state kept, exact later";
            case RESET -> "state reset";
            case DROPPED -> "state dropped";
        };
        return reason.isEmpty() ? told : told + ": " + reason;
    }

    /** As rule files have it: {@code 1h30m}. */
    private static String duration(long ms) {
        Duration duration = Duration.ofMillis(ms);
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
