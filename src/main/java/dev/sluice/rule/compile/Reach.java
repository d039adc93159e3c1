package dev.sluice.rule.compile;

import com.google.common.primitives.Longs;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Condition;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Mode;
import dev.sluice.rule.Predicate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What a rule matches, with the keys by which rules are found that match as much or more. Immutable.
 *
 * <p>A rule that matches nothing has no keys: it has a warning of its own. Nor has one with a window or a timer: what
 * it emits is not told by the events that it matches.
 */
final class Reach {
    /** Predicates of a condition; one with more is held only against those of the same text. */
    static final int PREDICATES_MAX = 32;
    /** Keys under which a rule looks. */
    static final int LOOKUPS_MAX = 24;
    /** Keys under which a rule stands. */
    private static final int ENTRIES_MAX = 64;

    private static final int WIDTH_BITS = 56;

    private final CompiledRule rule;
    private final Mode mode;
    private final List<List<Predicate>> alternatives;
    private final long group;
    private final boolean compared;
    /** The keys under which it looks, and after them those under which it stands. */
    private final long[] keys;

    private final int lookups;
    private final Sketch first;
    /** Of the first entries, which stand for the rule as a whole. */
    private final int whole;
    /** Of the entries after those; empty when each is of the first alternative, as mostly. */
    private final List<Sketch> sketches;

    private final long narrowness;

    private Reach(CompiledRule rule, Mode mode) {
        this.rule = rule;
        this.mode = mode;
        alternatives = rule.condition().alternatives();
        group = group(rule, mode);
        compared = alternatives.stream().mapToInt(List::size).sum() <= PREDICATES_MAX;
        first = compared && !alternatives.isEmpty() ? Sketch.of(alternatives.get(0)) : Sketch.ANYTHING;
        boolean possible = rule.windowing() == null
                && rule.timer() == null
                && alternatives.stream()
                        .anyMatch(alternative -> Contradiction.in(alternative).isEmpty());
        ReachKeys looking = new ReachKeys(group);
        ReachKeys standing = new ReachKeys(group);
        List<Sketch> ofStanding = new ArrayList<>();
        if (possible) {
            addLookups(looking);
            addWhole(standing);
        }
        whole = standing.size();
        if (possible && compared) {
            addAlternatives(standing, ofStanding);
        }
        lookups = Math.min(LOOKUPS_MAX, looking.size());
        keys = Longs.concat(looking.first(LOOKUPS_MAX), standing.first(ENTRIES_MAX));
        sketches = ofStanding.stream().allMatch(first::equals) ? List.of() : List.copyOf(ofStanding);
        narrowness = alternatives.stream().mapToLong(Reach::narrowness).min().orElse(0);
    }

    static Reach of(CompiledRule rule, Mode mode) {
        return new Reach(rule, mode);
    }

    CompiledRule rule() {
        return rule;
    }

    /** How many keys there are under which it looks. */
    int lookups() {
        return lookups;
    }

    /** Where a rule stands, if one does, that matches all that this one does. */
    long lookup(int index) {
        return keys[index];
    }

    /** How many keys there are under which it stands. */
    int entries() {
        return keys.length - lookups;
    }

    /** Where this rule stands for those that match less. */
    long entry(int index) {
        return keys[lookups + index];
    }

    /** Of the alternative to which an entry leads. */
    Sketch sketch(int entry) {
        if (entry < whole) {
            return Sketch.ANYTHING;
        }
        return sketches.isEmpty() ? first : sketches.get(entry - whole);
    }

    /** Of the alternative by which the rule looks. */
    Sketch first() {
        return first;
    }

    /** Of two rules the one with less narrowness is likelier to match all that others do. */
    long narrowness() {
        return narrowness;
    }

    /** Whether every event that the other rule matches is surely matched by this one, to the same effect. */
    boolean covers(Reach other) {
        return rule.windowing() == null
                && other.rule.windowing() == null
                && group == other.group
                && rule.from().equals(other.rule.from())
                && (mode == Mode.FIRST_MATCH || emitsSame(other))
                && (hasSameText(other)
                        || (compared && other.compared && Predicates.imply(other.alternatives, alternatives)));
    }

    private boolean hasSameText(Reach other) {
        return text(rule).equals(text(other.rule));
    }

    private static String text(CompiledRule rule) {
        return rule.when() == null ? "true" : rule.when().source();
    }

    private boolean emitsSame(Reach other) {
        List<Expression> values = rule.emit().values();
        List<Expression> others = other.rule.emit().values();
        if (!rule.emit().type().name().equals(other.rule.emit().type().name())
                || !Objects.equals(rule.emit().topic(), other.rule.emit().topic())) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).source().equals(others.get(i).source())) {
                return false;
            }
        }
        return true;
    }

    private static long group(CompiledRule rule, Mode mode) {
        long group = rule.from().hashCode();
        if (mode == Mode.ALL) {
            group = ReachKeys.mixed(group, rule.emit().type().name().hashCode());
            group = ReachKeys.mixed(group, Objects.hashCode(rule.emit().topic()));
            for (Expression value : rule.emit().values()) {
                group = ReachKeys.mixed(group, value.source().hashCode());
            }
        }
        return group;
    }

    private void addLookups(ReachKeys looking) {
        looking.addAlways();
        if (rule.when() != null) {
            looking.addText(rule.when().source());
        }
        if (compared) {
            // What covers the rule covers each of its alternatives.
            alternatives.get(0).forEach(looking::addNarrower);
        }
    }

    private void addWhole(ReachKeys standing) {
        if (rule.condition().equals(Condition.ALWAYS)) {
            standing.addAlways();
        }
        if (rule.when() != null) {
            standing.addText(rule.when().source());
        }
    }

    /** @param ofStanding is given a sketch for each entry */
    private void addAlternatives(ReachKeys standing, List<Sketch> ofStanding) {
        for (int i = 0; i < alternatives.size(); i++) {
            List<Predicate> alternative = alternatives.get(i);
            if (!alternative.isEmpty()) {
                int before = standing.size();
                standing.addWider(ReachKeys.mostTelling(alternative));
                Sketch sketch = i == 0 ? first : Sketch.of(alternative);
                ofStanding.addAll(Collections.nCopies(standing.size() - before, sketch));
            }
        }
    }

    private static long narrowness(List<Predicate> alternative) {
        long narrow = 0;
        for (Predicate part : alternative) {
            if (part instanceof Predicate.InRange range) {
                long width = range.bounds().high() - range.bounds().low();
                narrow = Math.max(narrow, ~width >>> (Long.SIZE - WIDTH_BITS));
            } else if (part instanceof Predicate.StartsWith start) {
                narrow = Math.max(narrow, start.prefix().length());
            }
        }
        return ((long) Math.min(alternative.size(), PREDICATES_MAX) << WIDTH_BITS) + narrow;
    }
}
