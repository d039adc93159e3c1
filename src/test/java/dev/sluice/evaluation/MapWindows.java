package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.KeyState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Windows in a map. */
public final class MapWindows implements Windows {
    private final Predicate<CompiledRule> home;
    private final Map<String, Due> states = new TreeMap<>();

    public MapWindows(Predicate<CompiledRule> home) {
        this.home = home;
    }

    @Override
    public boolean isHome(CompiledRule rule) {
        return home.test(rule);
    }

    /** A state of another version of the rule is read with the shape of this one. */
    @Override
    @SuppressWarnings("ReferenceEquality") // the very rule: another version has its own
    public KeyState of(Ruleset ruleset, CompiledRule rule, GroupKey key) {
        String place = ruleset.name() + "/" + rule.id() + "/" + key;
        Due kept = states.get(place);
        if (kept == null) {
            kept = new Due(ruleset, rule, key, windowing(rule).shape().fresh());
        } else if (kept.rule() != rule) {
            kept = read(kept, ruleset, rule);
        }
        states.put(place, kept);
        return kept.state();
    }

    private static Due read(Due kept, Ruleset ruleset, CompiledRule rule) {
        KeyState state = windowing(rule)
                .shape()
                .read(kept.state().write(), windowing(kept.rule()).shape());
        return new Due(ruleset, rule, kept.key(), state);
    }

    private static Windowing windowing(CompiledRule rule) {
        return Objects.requireNonNull(rule.windowing());
    }

    /** What is due at a stream time, the earliest first. */
    public List<Due> due(long streamMs) {
        return states.values().stream()
                .filter(due -> atMs(due) <= streamMs)
                .sorted(Comparator.comparingLong(MapWindows::atMs))
                .toList();
    }

    private static long atMs(Due due) {
        return Due.atMs(windowing(due.rule()), due.state());
    }

    /** All states through their bytes, as after a restart. */
    void restart() {
        states.replaceAll((place, kept) -> read(kept, kept.ruleset(), kept.rule()));
    }

    /** Drops what no window needs; states that are empty then and have nothing to remember are forgotten. */
    void sweep(long streamMs) {
        states.values()
                .removeIf(kept -> atMs(kept) == Long.MAX_VALUE
                        && kept.state().expire(streamMs)
                        && kept.state().emittedMs() == Long.MIN_VALUE);
    }
}
