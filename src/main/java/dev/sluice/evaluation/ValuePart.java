package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import org.jspecify.annotations.Nullable;

/** Texts and bools by hash. */
final class ValuePart extends SplitPart {
    /** Each key and, next to it, what it leads to: they are read together. */
    private final @Nullable Object[] table;

    private final int mask;

    ValuePart(Search search, Candidate[] candidates, Children children) {
        super(search, candidates, children);
        int capacity = capacity(children.byValue().size());
        table = new @Nullable Object[2 * capacity];
        mask = capacity - 1;
        children.byValue().forEach((key, node) -> {
            int at = spread(key.hashCode()) & mask;
            while (table[2 * at] != null) {
                at = (at + 1) & mask;
            }
            table[2 * at] = key;
            table[2 * at + 1] = node.boundedProbe();
        });
    }

    /** Null is equal to none of the keys. */
    @Override
    void probe(@Nullable Object value, Event event, Hits hits) {
        if (value instanceof String text) {
            probe(text, event, hits);
        } else if (value instanceof Boolean bool) {
            probe(bool, event, hits);
        } else if (value != null) {
            fail(value, hits);
        }
    }

    private void probe(String text, Event event, Hits hits) {
        int at = spread(text.hashCode()) & mask;
        while (true) {
            if (!(table[2 * at] instanceof String key)) {
                return;
            }
            if (key.equals(text)) {
                follow(at, event, hits);
                return;
            }
            at = (at + 1) & mask;
        }
    }

    private void probe(Boolean bool, Event event, Hits hits) {
        int at = spread(bool.hashCode()) & mask;
        while (table[2 * at] != null) {
            if (bool.equals(table[2 * at])) {
                follow(at, event, hits);
                return;
            }
            at = (at + 1) & mask;
        }
    }

    private void follow(int at, Event event, Hits hits) {
        if (table[2 * at + 1] instanceof Probe probe) {
            probe.offer(event, hits);
        }
    }
}
