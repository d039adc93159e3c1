package dev.sluice.evaluation;

import dev.sluice.rule.Event;

/** A rule at the end of a way through the index, with what is left to check. */
final class Item extends Probe {
    private final int slot;
    private final Check[] checks;

    Item(Candidate candidate, Memos memos) {
        this.slot = candidate.slot();
        this.checks = candidate.open().stream().map(memos::check).toArray(Check[]::new);
    }

    int slot() {
        return slot;
    }

    /** Whether nothing is left to check. */
    boolean isPlain() {
        return checks.length == 0;
    }

    @Override
    void offer(Event event, Hits hits) {
        boolean failed = false;
        for (Check check : checks) {
            Check.Truth truth = check.test(event, hits);
            if (truth == Check.Truth.FALSE) {
                return;
            }
            failed |= truth == Check.Truth.FAILED;
        }
        if (failed) {
            hits.suspect(slot);
        } else {
            hits.hit(slot);
        }
    }
}
