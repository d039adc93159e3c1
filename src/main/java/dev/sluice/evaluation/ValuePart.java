package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import org.jspecify.annotations.Nullable;

/** Texts and bools by hash. */
final class ValuePart extends SplitPart {
    private final @Nullable Object[] keys;
    private final @Nullable Part[] parts;
    private final int mask;

    ValuePart(Search search, Candidate[] candidates, Children children) {
        super(search, candidates, children);
        int capacity = capacity(children.byValue().size());
        keys = new @Nullable Object[capacity];
        parts = new @Nullable Part[capacity];
        mask = capacity - 1;
        children.byValue().forEach((key, node) -> {
            int at = spread(key.hashCode()) & mask;
            while (keys[at] != null) {
                at = (at + 1) & mask;
            }
            keys[at] = key;
            parts[at] = node.probed();
        });
    }

    /** Null is equal to none of the keys. */
    @Override
    void probe(@Nullable Object value, Event event, Hits hits) {
        Part found = null;
        if (value instanceof String text) {
            found = ofText(text);
        } else if (value instanceof Boolean bool) {
            found = ofBool(bool);
        } else if (value != null) {
            fail(value, hits);
        }
        if (found != null) {
            found.probe(event, hits);
        }
    }

    private @Nullable Part ofText(String text) {
        int at = spread(text.hashCode()) & mask;
        while (true) {
            Object key = keys[at];
            if (key == null) {
                return null;
            }
            if (key == text || (key instanceof String known && known.equals(text))) {
                return parts[at];
            }
            at = (at + 1) & mask;
        }
    }

    private @Nullable Part ofBool(Boolean bool) {
        int at = spread(bool.hashCode()) & mask;
        while (keys[at] != null) {
            if (bool.equals(keys[at])) {
                return parts[at];
            }
            at = (at + 1) & mask;
        }
        return null;
    }
}
