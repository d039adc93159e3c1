package dev.sluice.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * From one version of an index to the next.
 *
 * @param removed slots whose entries go; a slot of these may be used again by what is added
 */
record Change(BitSet removed, List<Candidate> added, IndexBuilder builder) {

    Change withAdded(List<Candidate> others) {
        return new Change(removed, others, builder);
    }

    Candidate[] apply(Candidate[] candidates) {
        List<Candidate> next = new ArrayList<>(candidates.length + added.size());
        for (Candidate candidate : candidates) {
            if (!removed.get(candidate.slot())) {
                next.add(candidate);
            }
        }
        next.addAll(added);
        return next.toArray(Candidate[]::new);
    }

    /** Whether a part of these candidates stays as it is. */
    boolean concernsNone(Candidate[] candidates) {
        if (!added.isEmpty()) {
            return false;
        }
        for (Candidate candidate : candidates) {
            if (removed.get(candidate.slot())) {
                return false;
            }
        }
        return true;
    }
}
