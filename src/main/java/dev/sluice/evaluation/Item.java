package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.Subject;
import java.util.List;
import java.util.stream.IntStream;

/** A rule at the end of a way through the index, with what is left to check. */
final class Item extends Probe {
    private static final Check[] NONE = {};

    private final int slot;
    private final Check[] checks;
    /** Of the checks those that only look at a field, as an index does. */
    private final Check[] ofFields;

    Item(Candidate candidate, Memos memos) {
        this.slot = candidate.slot();
        List<Predicate> open = candidate.open();
        this.checks = open.stream().map(memos::check).toArray(Check[]::new);
        this.ofFields = ofFields(open, checks);
    }

    /** Most have none, or no others. */
    private static Check[] ofFields(List<Predicate> open, Check[] checks) {
        int count = (int) open.stream().filter(Item::isOfField).count();
        if (count == 0 || count == checks.length) {
            return count == 0 ? NONE : checks;
        }
        return IntStream.range(0, checks.length)
                .filter(i -> isOfField(open.get(i)))
                .mapToObj(i -> checks[i])
                .toArray(Check[]::new);
    }

    private static boolean isOfField(Predicate predicate) {
        Subject subject = Attribute.subject(predicate);
        return subject != null && subject.isField();
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
        if (hits.isApart(slot)) {
            if (hits.isUnchecked() || mayHold(event, hits)) {
                hits.suspect(slot);
            }
            return;
        }
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

    private boolean mayHold(Event event, Hits hits) {
        for (Check check : ofFields) {
            if (check.test(event, hits) == Check.Truth.FALSE) {
                return false;
            }
        }
        return true;
    }
}
