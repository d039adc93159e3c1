package dev.sluice.evaluation;

import dev.sluice.rule.Event;

/** Candidates that are all looked at. */
final class ScanPart extends Part {
    private final Candidate[] candidates;
    private final Item[] items;

    ScanPart(Candidate[] candidates, Memos memos) {
        this.candidates = candidates;
        this.items = new Item[candidates.length];
        for (int i = 0; i < items.length; i++) {
            items[i] = new Item(candidates[i], memos);
        }
    }

    @Override
    void offer(Event event, Hits hits) {
        for (Item item : items) {
            item.offer(event, hits);
        }
    }

    @Override
    Probe probe() {
        return items.length == 1 ? items[0] : this;
    }

    @Override
    Part changed(Change change) {
        return change.concernsNone(candidates)
                ? this
                : new ScanPart(change.apply(candidates), change.builder().memos());
    }

    @Override
    Candidate[] candidates() {
        return candidates;
    }

    @Override
    boolean tell(Entry entry, AccessPath.Account account) {
        for (Candidate candidate : candidates) {
            if (candidate.entry() == entry) {
                account.end(candidate, candidates.length);
                return true;
            }
        }
        return false;
    }
}
