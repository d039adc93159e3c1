package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Expression;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers by which an index knows its rules. An unchanged rule keeps its number from one version to the next; numbers
 * of rules that went are used again. Immutable.
 */
final class Slots {
    static final Slots EMPTY = new Slots(0, 0);

    private static final Entry[] NO_ENTRIES = {};

    private final @Nullable IndexedRule[] rules;
    private final Entry[][] entries;
    /** Place in the order of evaluation by slot, and the other way round. */
    private final int[] order;

    private final int[] places;

    private Slots(int size, int count) {
        rules = new @Nullable IndexedRule[size];
        entries = new Entry[size][];
        order = new int[size];
        places = new int[count];
        Arrays.fill(entries, NO_ENTRIES);
    }

    /** A rule of a ruleset, by identity: an unchanged rule is the same object in both versions. */
    private record Member(Ruleset ruleset, CompiledRule rule) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Member that && is(that.ruleset, that.rule);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(rule);
        }

        boolean is(IndexedRule indexed) {
            return is(indexed.ruleset(), indexed.rule());
        }

        @SuppressWarnings("ReferenceEquality")
        private boolean is(Ruleset otherRuleset, CompiledRule other) {
            return rule == other && ruleset.name().equals(otherRuleset.name());
        }
    }

    /**
     * What comes next, and how it differs.
     *
     * @param removed slots of this version whose rule is gone
     * @param added slots of the next version whose rule is new
     */
    record Step(Slots slots, BitSet removed, BitSet added) {}

    Step next(List<RuleIndex.Section> sections) {
        List<Member> members = new ArrayList<>();
        sections.forEach(section -> section.rules().forEach(rule -> members.add(new Member(section.ruleset(), rule))));
        Slots next = new Slots(Math.max(size(), members.size()), members.size());
        next.keep(members, this);
        BitSet removed = new BitSet();
        for (int slot = 0; slot < size(); slot++) {
            if (rules[slot] != null && next.rules[slot] == null) {
                removed.set(slot);
            }
        }
        return new Step(next, removed, next.fill(members));
    }

    /** Rules that were there. Most versions differ in a few places: only between the first and the last is searched. */
    private void keep(List<Member> members, Slots before) {
        int most = Math.min(places.length, before.places.length);
        int first = 0;
        while (first < most && members.get(first).is(before.at(first))) {
            keep(first, first, members, before);
            first++;
        }
        int end = places.length;
        int endBefore = before.places.length;
        while (end > first && endBefore > first && members.get(end - 1).is(before.at(endBefore - 1))) {
            end--;
            endBefore--;
            keep(end, endBefore, members, before);
        }
        Map<Member, Integer> placesBefore = new HashMap<>();
        for (int place = first; place < endBefore; place++) {
            IndexedRule rule = before.at(place);
            placesBefore.put(new Member(rule.ruleset(), rule.rule()), place);
        }
        for (int place = first; place < end; place++) {
            Integer known = placesBefore.remove(members.get(place));
            if (known != null) {
                keep(place, known, members, before);
            }
        }
    }

    private void keep(int place, int placeBefore, List<Member> members, Slots before) {
        int slot = before.places[placeBefore];
        places[place] = slot;
        order[slot] = place;
        rules[slot] = before.rule(slot).in(members.get(place).ruleset());
        entries[slot] = before.entries[slot];
    }

    private IndexedRule at(int place) {
        return rule(places[place]);
    }

    /** Gives a free slot to those that have none. */
    private BitSet fill(List<Member> members) {
        BitSet added = new BitSet();
        Map<List<Expression>, Expression[]> values = new HashMap<>();
        BitSet placed = new BitSet();
        for (int slot = 0; slot < size(); slot++) {
            if (rules[slot] != null) {
                placed.set(order[slot]);
            }
        }
        int free = 0;
        for (int place = placed.nextClearBit(0); place < places.length; place = placed.nextClearBit(place + 1)) {
            while (rules[free] != null) {
                free++;
            }
            Member member = members.get(place);
            places[place] = free;
            order[free] = place;
            Expression[] shared = values.computeIfAbsent(member.rule().emit().values(), IndexedRule::values);
            rules[free] = new IndexedRule(member.ruleset(), member.rule(), shared);
            entries[free] = RuleIndex.entries(free, member.rule());
            added.set(free);
        }
        return added;
    }

    int size() {
        return rules.length;
    }

    /** Number of rules. */
    int used() {
        return places.length;
    }

    /** The slot of a rule, by a search. */
    int slot(Ruleset ruleset, CompiledRule rule) {
        Member member = new Member(ruleset, rule);
        for (int slot : places) {
            if (member.is(rule(slot))) {
                return slot;
            }
        }
        throw new NoSuchElementException("rule " + rule.id() + " of " + ruleset.name());
    }

    /**
     * True at the slots of these rules; null when none has one.
     *
     * @param some by identity
     */
    boolean @Nullable [] of(Set<CompiledRule> some) {
        boolean[] found = new boolean[size()];
        boolean isAny = false;
        for (int slot = 0; slot < found.length; slot++) {
            IndexedRule rule = rules[slot];
            found[slot] = rule != null && some.contains(rule.rule());
            isAny |= found[slot];
        }
        return isAny ? found : null;
    }

    /** The rules that have windows. */
    List<IndexedRule> windowed() {
        return Stream.of(rules)
                .filter(rule -> rule != null && rule.windowed() != null)
                .toList();
    }

    IndexedRule rule(int slot) {
        return Objects.requireNonNull(rules[slot]);
    }

    /** One entry an alternative of the rule's condition; none for a free slot. */
    Entry[] entries(int slot) {
        return entries[slot];
    }

    /** Place in the order of evaluation by slot. */
    int[] order() {
        return order;
    }
}
