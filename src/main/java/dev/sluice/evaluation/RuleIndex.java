package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Event;
import dev.sluice.rule.Predicate;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules that read one event type, so arranged that an event is held only against those that it may concern.
 * Immutable; a new version shares with the one before all parts whose rules are the same objects.
 */
final class RuleIndex {
    static final RuleIndex EMPTY = new RuleIndex(Slots.EMPTY, new Node(new Candidate[0], new Part[0]), new Memos());

    private final Slots slots;
    private final Part root;
    private final Memos memos;
    private final Probe probe;
    private final int memoCount;

    private RuleIndex(Slots slots, Part root, Memos memos) {
        this.slots = slots;
        this.root = root;
        this.memos = memos;
        this.probe = root.probe();
        this.memoCount = memos.size();
    }

    /**
     * Rules of one ruleset that read the event type.
     *
     * @param rules in the order of evaluation
     */
    record Section(Ruleset ruleset, List<CompiledRule> rules) {}

    static RuleIndex of(List<Section> sections) {
        return EMPTY.changed(sections);
    }

    /** The index of other sections, in their order. */
    RuleIndex changed(List<Section> sections) {
        Slots.Step step = slots.next(sections);
        if (this != EMPTY && step.slots().used() < slots.size() / 4) {
            return of(sections);
        }
        Slots next = step.slots();
        List<Candidate> added = step.added().stream()
                .mapToObj(next::entries)
                .flatMap(Stream::of)
                .map(entry -> new Candidate(entry, 0))
                .toList();
        boolean most = added.size() > root.candidates().length / 4;
        if (most || memoCount > next.size() + 64) {
            return built(next);
        }
        Memos known = memos.copy();
        added.forEach(candidate -> known.use(candidate.entry()));
        Change change = new Change(step.removed(), added, new IndexBuilder(known));
        return new RuleIndex(next, root.changed(change), known);
    }

    private static RuleIndex built(Slots slots) {
        Memos memos = new Memos();
        List<Candidate> all = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            for (Entry entry : slots.entries(slot)) {
                memos.use(entry);
                all.add(new Candidate(entry, 0));
            }
        }
        Part root = new IndexBuilder(memos).build(all.toArray(Candidate[]::new));
        return new RuleIndex(slots, root, memos);
    }

    /**
     * Gathers the rules that the event matches, or that must be evaluated whole, in the order of evaluation.
     *
     * @param apart by slot the rules of which nothing is evaluated: they are found where they may be concerned; null for none
     */
    void find(Event event, Hits hits, boolean @Nullable [] apart) {
        hits.begin(slots.order(), memoCount, apart);
        probe.offer(event, hits);
        hits.arrange();
    }

    /** True at the slots of these rules; null when the index has none of them. */
    boolean @Nullable [] slotsOf(Set<CompiledRule> rules) {
        return slots.of(rules);
    }

    /** Gathers the rules that are tried on the event, in the order of evaluation; none of them is tried. */
    void findTried(Event event, Hits hits) {
        hits.beginUnchecked(slots.order(), memoCount);
        probe.offer(event, hits);
        hits.arrange();
    }

    IndexedRule rule(int slot) {
        return slots.rule(slot);
    }

    /** Those that have windows. */
    List<IndexedRule> windowed() {
        return slots.windowed();
    }

    /** How each alternative of the rule's condition is found; none when it can never hold. */
    List<AccessPath> paths(Ruleset ruleset, CompiledRule rule) {
        List<AccessPath> paths = new ArrayList<>();
        for (Entry entry : slots.entries(slots.slot(ruleset, rule))) {
            AccessPath.Account account = new AccessPath.Account();
            root.tell(entry, account);
            paths.add(account.path());
        }
        return paths;
    }

    /** The alternatives of a rule as entries of its slot. */
    static Entry[] entries(int slot, CompiledRule rule) {
        List<List<Predicate>> alternatives = rule.condition().alternatives();
        Entry[] entries = new Entry[alternatives.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry(slot, alternatives.get(i));
        }
        return entries;
    }
}
