package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Windowing;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Windowed rules of one version that are evaluated beside another version of the ruleset, which decides. Those with state of
 * their own are fed, without emitting, so that they find it as if they had been active all the time.
 */
public final class FedRules {
    private FedRules() {}

    /**
     * The rules whose window state the version that decides does not go on with as it is, as a ruleset; empty when there are
     * none.
     */
    public static Optional<Ruleset> of(Ruleset other, Ruleset decides) {
        ChangedRules changed = ChangedRules.between(other, decides);
        Map<String, Windowing> goesOn = windowings(changed.after());
        return readable(
                other,
                decides,
                changed.before().stream().filter(rule -> !isSame(rule.windowing(), goesOn.get(rule.id()))));
    }

    /** The same of all windowed rules that differ in anything, those that share state with the version that decides too. */
    public static Optional<Ruleset> beside(Ruleset other, Ruleset decides) {
        return readable(other, decides, differingRules(other, decides));
    }

    /** All windowed rules that differ in anything, whatever they read. */
    public static Optional<Ruleset> differing(Ruleset version, Ruleset other) {
        return fed(version, differingRules(version, other).toList());
    }

    private static Stream<CompiledRule> differingRules(Ruleset version, Ruleset other) {
        ChangedRules changed = ChangedRules.between(version, other);
        Set<CompiledRule> unchanged = Collections.newSetFromMap(new IdentityHashMap<>());
        unchanged.addAll(changed.after());
        return changed.before().stream().filter(rule -> rule.windowing() != null && !unchanged.contains(rule));
    }

    private static Optional<Ruleset> fed(Ruleset version, List<CompiledRule> rules) {
        return rules.isEmpty() ? Optional.empty() : Optional.of(version.fed(rules));
    }

    /** What is left of fed rules when a further version is evaluated, too: its state must not be fed twice. */
    public static Optional<Ruleset> without(Ruleset fed, Ruleset evaluated) {
        Map<String, Windowing> served = windowings(evaluated.rules());
        List<CompiledRule> left = fed.rules().stream()
                .filter(rule -> !isSame(rule.windowing(), served.get(rule.id())))
                .toList();
        if (left.size() == fed.rules().size()) {
            return Optional.of(fed);
        }
        return fed(fed, left);
    }

    /** Of these the windowed ones; what they read of other rules must be what the version that decides emits. */
    private static Optional<Ruleset> readable(Ruleset other, Ruleset decides, Stream<CompiledRule> wanted) {
        List<CompiledRule> windowed =
                wanted.filter(rule -> rule.windowing() != null).toList();
        if (windowed.isEmpty()) {
            return Optional.empty();
        }
        Map<String, EventType> emitted = emitted(other);
        Map<String, EventType> emittedNow = emitted(decides);
        return fed(
                other,
                windowed.stream()
                        .filter(rule -> Objects.equals(emitted.get(rule.from()), emittedNow.get(rule.from())))
                        .toList());
    }

    private static Map<String, EventType> emitted(Ruleset ruleset) {
        Map<String, EventType> types = new HashMap<>();
        ruleset.rules()
                .forEach(
                        rule -> types.put(rule.emit().type().name(), rule.emit().type()));
        return types;
    }

    /** By the id of the rule. */
    static Map<String, Windowing> windowings(List<CompiledRule> rules) {
        Map<String, Windowing> windowings = new HashMap<>();
        for (CompiledRule rule : rules) {
            if (rule.windowing() != null) {
                windowings.put(rule.id(), rule.windowing());
            }
        }
        return windowings;
    }

    /** Whether two versions of a rule share their window state. */
    public static boolean isSame(@Nullable Windowing before, @Nullable Windowing after) {
        return before != null
                && after != null
                && before.identity().equals(after.identity())
                && before.shape().equals(after.shape());
    }
}
