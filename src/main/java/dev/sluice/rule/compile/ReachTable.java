package dev.sluice.rule.compile;

import java.util.Arrays;
import java.util.List;

/** Rules by the keys under which they stand; of many under one key the broadest are kept. Confined to one thread. */
final class ReachTable {
    /** Rules under one key. */
    static final int KEPT_MAX = 8;
    /** Pairs of rules held against each other in one ruleset. */
    static final int COMPARISONS_MAX = 500_000;

    private final List<PlacedRule> rules;
    private final long[] keys;
    /** Of each place in {@code keys} the number of its list in {@code kept}, from 1; 0 for none. */
    private final int[] lists;

    private int[] kept;
    private Sketch[] sketches;
    private int[] sizes;
    private int listCount;
    private int kinds;
    private int comparisons;

    ReachTable(List<PlacedRule> rules) {
        this.rules = rules;
        int entries = 0;
        for (PlacedRule rule : rules) {
            entries += rule.reach().entries();
        }
        int capacity = Integer.highestOneBit(Math.max(8, entries)) << 2;
        keys = new long[capacity];
        lists = new int[capacity];
        kept = new int[Math.max(8, entries) * KEPT_MAX / 2];
        sketches = new Sketch[kept.length];
        sizes = new int[kept.length / KEPT_MAX];
    }

    /** From now on the rule is found by those that match less. */
    void add(int rule) {
        Reach reach = reach(rule);
        for (int entry = 0; entry < reach.entries(); entry++) {
            long key = reach.entry(entry);
            kinds |= 1 << ReachKeys.kind(key);
            int at = at(key);
            if (lists[at] == 0) {
                keys[at] = key;
                lists[at] = newList();
            }
            int place = place(lists[at] - 1, rule);
            if (place >= 0) {
                kept[place] = rule;
                sketches[place] = reach.sketch(entry);
            }
        }
    }

    private int newList() {
        if (listCount == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * listCount);
            kept = Arrays.copyOf(kept, 2 * listCount * KEPT_MAX);
            sketches = Arrays.copyOf(sketches, kept.length);
        }
        return ++listCount;
    }

    /** Where in its list the rule stands: at the end, or instead of a narrower one; -1 for nowhere. */
    private int place(int list, int rule) {
        int start = list * KEPT_MAX;
        int size = sizes[list];
        if (size < KEPT_MAX) {
            sizes[list]++;
            return start + size;
        }
        int narrowest = start;
        for (int i = start + 1; i < start + size; i++) {
            if (reach(kept[i]).narrowness() >= reach(kept[narrowest]).narrowness()) {
                narrowest = i;
            }
        }
        return reach(rule).narrowness() < reach(kept[narrowest]).narrowness() ? narrowest : -1;
    }

    /** A rule that covers this one; of two that cover each other only the first covers. -1 for none. */
    int covering(int rule) {
        Reach reach = reach(rule);
        for (int lookup = 0; lookup < reach.lookups(); lookup++) {
            long key = reach.lookup(lookup);
            int list = (kinds & (1 << ReachKeys.kind(key))) == 0 ? -1 : lists[at(key)] - 1;
            int covering = list < 0 ? -1 : covering(rule, list);
            if (covering >= 0) {
                return covering;
            }
        }
        return -1;
    }

    private int covering(int rule, int list) {
        Sketch narrower = reach(rule).first();
        int start = list * KEPT_MAX;
        for (int i = start; i < start + sizes[list]; i++) {
            if (kept[i] != rule && sketches[i].mayCover(narrower) && covers(kept[i], rule)) {
                return kept[i];
            }
        }
        return -1;
    }

    private boolean covers(int wider, int narrower) {
        return ++comparisons <= COMPARISONS_MAX
                && reach(wider).covers(reach(narrower))
                && (wider < narrower || !reach(narrower).covers(reach(wider)));
    }

    private Reach reach(int rule) {
        return rules.get(rule).reach();
    }

    /** The place of a key, or the one where it would stand. */
    private int at(long key) {
        int at = (int) (key >>> 3) & (keys.length - 1);
        while (lists[at] != 0 && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }
}
