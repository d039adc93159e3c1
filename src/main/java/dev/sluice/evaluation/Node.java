package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Several candidates, or none, divided among parts: each is in one of them. */
final class Node extends Part {
    /** Up to so many candidates are divided anew at each change. */
    private static final int REBUILT_MAX = 32;

    private final Candidate[] candidates;
    private final Part[] parts;
    private final Probe[] probes;
    private final Division division;

    /**
     * How many candidates there were when they were last divided.
     *
     * @param scanned of these the ones that no attribute was found for
     */
    record Division(int candidates, int scanned) {

        /** Whether so much has changed since that a new division may be better. */
        boolean isOutdated(int candidatesNow, int scannedNow) {
            return candidatesNow <= REBUILT_MAX
                    || candidatesNow > 2 * candidates
                    || candidatesNow < candidates / 2
                    || scannedNow > Math.max(REBUILT_MAX, 2 * scanned);
        }
    }

    Node(Candidate[] candidates, Part[] parts) {
        this(candidates, parts, new Division(candidates.length, scanned(parts)));
    }

    private Node(Candidate[] candidates, Part[] parts, Division division) {
        this.candidates = candidates;
        this.parts = parts;
        this.probes = Stream.of(parts).map(Part::probe).toArray(Probe[]::new);
        this.division = division;
    }

    private static int scanned(Part[] parts) {
        int scanned = 0;
        for (Part part : parts) {
            scanned += part instanceof ScanPart ? part.candidates().length : 0;
        }
        return scanned;
    }

    @Override
    void offer(Event event, Hits hits) {
        for (Probe probe : probes) {
            probe.offer(event, hits);
        }
    }

    @Override
    Probe probe() {
        return probes.length == 1 ? probes[0] : this;
    }

    @Override
    Probe boundedProbe() {
        Probe probe = probe();
        return probe instanceof RangePart || probe instanceof ThresholdProbe
                ? probe
                : BoundedProbe.of(candidates, probe);
    }

    @Override
    Candidate[] candidates() {
        return candidates;
    }

    @Override
    Part changed(Change change) {
        if (change.concernsNone(candidates)) {
            return this;
        }
        Candidate[] next = change.apply(candidates);
        if (division.isOutdated(next.length, 0) || change.added().size() > next.length / 4) {
            return change.builder().build(next);
        }
        Part[] changed = changedParts(change);
        return division.isOutdated(next.length, scanned(changed))
                ? change.builder().build(next)
                : new Node(next, changed, division);
    }

    private Part[] changedParts(Change change) {
        List<Candidate> unplaced = change.added();
        List<Part> next = new ArrayList<>();
        for (Part part : parts) {
            List<Candidate> taken = new ArrayList<>();
            List<Candidate> left = new ArrayList<>();
            for (Candidate candidate : unplaced) {
                (part.takes(candidate) ? taken : left).add(candidate);
            }
            Part changed = part.changed(change.withAdded(taken));
            if (changed.candidates().length > 0) {
                next.add(changed);
            }
            unplaced = left;
        }
        if (!unplaced.isEmpty()) {
            next.add(new ScanPart(
                    unplaced.toArray(Candidate[]::new), change.builder().memos()));
        }
        return next.toArray(Part[]::new);
    }

    @Override
    boolean tell(Entry entry, AccessPath.Account account) {
        for (Part part : parts) {
            if (part.tell(entry, account)) {
                return true;
            }
        }
        return false;
    }
}
