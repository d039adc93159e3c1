package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Windowing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
        Map<String, Windowing> goesOn = windowings(decides);
        return chosen(other, decides, rule -> !isSame(rule.windowing(), goesOn.get(rule.id())));
    }

    /** The same of all windowed rules that differ in anything, those that share state with the version that decides too. */
    public static Optional<Ruleset> beside(Ruleset other, Ruleset decides) {
        Set<CompiledRule> unchanged = objects(decides);
        return chosen(other, decides, rule -> !unchanged.contains(rule));
    }

    /** All windowed rules that differ in anything, whatever they read. */
    public static Optional<Ruleset> differing(Ruleset version, Ruleset other) {
        Set<CompiledRule> unchanged = objects(other);
        List<CompiledRule> rules = version.rules().stream()
                .filter(rule -> rule.windowing() != null && !unchanged.contains(rule))
                .toList();
        return rules.isEmpty() ? Optional.empty() : Optional.of(version.fed(rules));
    }

    private static Set<CompiledRule> objects(Ruleset ruleset) {
        Set<CompiledRule> rules = Collections.newSetFromMap(new IdentityHashMap<>());
        rules.addAll(ruleset.rules());
        return rules;
    }

    /** What is left of fed rules when a further version is evaluated, too: its state must not be fed twice. */
    public static Optional<Ruleset> without(Ruleset fed, Ruleset evaluated) {
        Map<String, Windowing> served = windowings(evaluated);
        List<CompiledRule> left = fed.rules().stream()
                .filter(rule -> !isSame(rule.windowing(), served.get(rule.id())))
                .toList();
        if (left.size() == fed.rules().size()) {
            return Optional.of(fed);
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(fed.fed(left));
    }

    private static Optional<Ruleset> chosen(Ruleset other, Ruleset decides, Predicate<CompiledRule> wanted) {
        List<CompiledRule> rules = new ArrayList<>();
        Map<String, EventType> emitted = emitted(other);
        Map<String, EventType> emittedNow = emitted(decides);
        for (CompiledRule rule : other.rules()) {
            // What it reads of other rules must be what the version that decides emits.
            EventType read = emitted.get(rule.from());
            boolean isReadable = Objects.equals(read, emittedNow.get(rule.from()));
            if (rule.windowing() != null && isReadable && wanted.test(rule)) {
                rules.add(rule);
            }
        }
        return rules.isEmpty() ? Optional.empty() : Optional.of(other.fed(rules));
    }

    private static Map<String, EventType> emitted(Ruleset ruleset) {
        Map<String, EventType> types = new HashMap<>();
        ruleset.rules()
                .forEach(
                        rule -> types.put(rule.emit().type().name(), rule.emit().type()));
        return types;
    }

    private static Map<String, Windowing> windowings(Ruleset ruleset) {
        Map<String, Windowing> windowings = new HashMap<>();
        for (CompiledRule rule : ruleset.rules()) {
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
