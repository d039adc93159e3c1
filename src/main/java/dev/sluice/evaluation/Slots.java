package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Expression;
import dev.sluice.ruleset.Ruleset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers by which an index knows its rules. An unchanged rule keeps its number from one version to the next; numbers
 * of rules that went are used again. Immutable.
 */
final class Slots {
    static final Slots EMPTY = new Slots(0);

    private static final Entry[] NO_ENTRIES = {};

    private final Map<Member, Integer> slots = new HashMap<>();
    private final @Nullable CompiledRule[] rules;
    private final @Nullable IndexedRule[] indexed;
    private final Entry[][] entries;
    private final int[] order;

    private Slots(int size) {
        rules = new @Nullable CompiledRule[size];
        indexed = new @Nullable IndexedRule[size];
        entries = new Entry[size][];
        order = new int[size];
        Arrays.fill(entries, NO_ENTRIES);
    }

    /** A rule of a ruleset, by identity: an unchanged rule is the same object in both versions. */
    private record Member(String ruleset, CompiledRule rule) {
        Member(RuleIndex.Section section, CompiledRule rule) {
            this(section.ruleset().name(), rule);
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Member that && rule == that.rule && ruleset.equals(that.ruleset);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(rule);
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
        int count =
                sections.stream().mapToInt(section -> section.rules().size()).sum();
        Slots next = new Slots(Math.max(size(), count));
        sections.forEach(section -> section.rules().forEach(rule -> next.keep(new Member(section, rule), this)));
        BitSet removed = new BitSet();
        for (int slot = 0; slot < size(); slot++) {
            if (rules[slot] != null && next.rules[slot] == null) {
                removed.set(slot);
            }
        }
        return new Step(next, removed, next.fill(sections));
    }

    private void keep(Member member, Slots before) {
        Integer slot = before.slots.get(member);
        if (slot != null && slots.putIfAbsent(member, slot) == null) {
            rules[slot] = member.rule();
            entries[slot] = before.entries[slot];
        }
    }

    /** Gives every rule its place in the order, and a free slot to those that have none. */
    private BitSet fill(List<RuleIndex.Section> sections) {
        BitSet added = new BitSet();
        Map<List<Expression>, Expression[]> values = new HashMap<>();
        int place = 0;
        int free = 0;
        for (RuleIndex.Section section : sections) {
            for (CompiledRule rule : section.rules()) {
                Member member = new Member(section, rule);
                Integer known = slots.get(member);
                if (known == null) {
                    while (rules[free] != null) {
                        free++;
                    }
                    known = free;
                    slots.put(member, known);
                    rules[known] = rule;
                    entries[known] = RuleIndex.entries(known, rule);
                    added.set(known);
                }
                order[known] = place++;
                indexed[known] = new IndexedRule(
                        section.ruleset(),
                        rule,
                        values.computeIfAbsent(rule.emit().values(), IndexedRule::values));
            }
        }
        return added;
    }

    int size() {
        return rules.length;
    }

    /** Number of rules. */
    int used() {
        return slots.size();
    }

    int slot(Ruleset ruleset, CompiledRule rule) {
        return Objects.requireNonNull(slots.get(new Member(ruleset.name(), rule)));
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
            CompiledRule rule = rules[slot];
            found[slot] = rule != null && some.contains(rule);
            isAny |= found[slot];
        }
        return isAny ? found : null;
    }

    IndexedRule rule(int slot) {
        return Objects.requireNonNull(indexed[slot]);
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
