package dev.sluice.evaluation;

import dev.sluice.rule.Event;

/** One candidate alone: of ten thousand rules most end in a leaf of their own, so it is made of little. */
final class Leaf extends Part {
    private final Entry entry;
    private final long decided;
    private final Item item;

    Leaf(Candidate candidate, Memos memos) {
        this.entry = candidate.entry();
        this.decided = candidate.decided();
        this.item = new Item(candidate, memos);
    }

    @Override
    void offer(Event event, Hits hits) {
        item.offer(event, hits);
    }

    @Override
    Probe probe() {
        return item;
    }

    @Override
    Part changed(Change change) {
        Candidate[] candidates = candidates();
        return change.concernsNone(candidates) ? this : change.builder().build(change.apply(candidates));
    }

    @Override
    Candidate[] candidates() {
        return new Candidate[] {candidate()};
    }

    private Candidate candidate() {
        return new Candidate(entry, decided);
    }

    @Override
    boolean tell(Entry sought, AccessPath.Account account) {
        if (entry != sought) {
            return false;
        }
        account.end(candidate(), 1);
        return true;
    }
}
