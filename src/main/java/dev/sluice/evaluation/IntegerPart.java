package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import org.jspecify.annotations.Nullable;

/** Integers by hash. */
final class IntegerPart extends SplitPart {
    private final long[] keys;
    private final @Nullable Probe[] probes;
    private final int mask;

    IntegerPart(Search search, Candidate[] candidates, Children children) {
        super(search, candidates, children);
        int capacity = capacity(children.byValue().size());
        keys = new long[capacity];
        probes = new @Nullable Probe[capacity];
        mask = capacity - 1;
        children.byValue().forEach((key, node) -> {
            int at = spread(Long.hashCode((Long) key)) & mask;
            while (probes[at] != null) {
                at = (at + 1) & mask;
            }
            keys[at] = (Long) key;
            probes[at] = node.boundedProbe();
        });
    }

    @Override
    void offer(Event event, Hits hits) {
        int position = position();
        if (position >= 0 && event.isLong(position)) {
            probe(event.longValue(position), event, hits);
        } else {
            super.offer(event, hits);
        }
    }

    /** Null is equal to none of the keys. */
    @Override
    void probe(@Nullable Object value, Event event, Hits hits) {
        if (value instanceof Long number) {
            probe(number.longValue(), event, hits);
        } else if (value != null) {
            fail(value, hits);
        }
    }

    private void probe(long key, Event event, Hits hits) {
        int at = spread(Long.hashCode(key)) & mask;
        while (true) {
            Probe probe = probes[at];
            if (probe == null) {
                return;
            }
            if (keys[at] == key) {
                probe.offer(event, hits);
                return;
            }
            at = (at + 1) & mask;
        }
    }
}
