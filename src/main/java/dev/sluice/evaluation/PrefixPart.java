package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prefixes by hash: one walk over the text, and one look at each length that a prefix has. */
final class PrefixPart extends SplitPart {
    private final int[] lengths;
    private final @Nullable String[] prefixes;
    private final @Nullable Probe[] probes;
    private final int mask;

    PrefixPart(Search search, Candidate[] candidates, Children children) {
        super(search, candidates, children);
        lengths = children.byValue().keySet().stream()
                .mapToInt(prefix -> ((String) prefix).length())
                .distinct()
                .sorted()
                .toArray();
        int capacity = capacity(children.byValue().size());
        prefixes = new @Nullable String[capacity];
        probes = new @Nullable Probe[capacity];
        mask = capacity - 1;
        children.byValue().forEach((prefix, node) -> {
            int at = spread(prefix.hashCode()) & mask;
            while (prefixes[at] != null) {
                at = (at + 1) & mask;
            }
            prefixes[at] = (String) prefix;
            probes[at] = node.boundedProbe();
        });
    }

    @Override
    void probe(@Nullable Object value, Event event, Hits hits) {
        if (!(value instanceof String text)) {
            fail(value, hits);
            return;
        }
        int hash = 0;
        int walked = 0;
        for (int length : lengths) {
            if (length > text.length()) {
                return;
            }
            while (walked < length) {
                // As String.hashCode has it, so that a prefix has the hash of its own text.
                hash = 31 * hash + text.charAt(walked++);
            }
            probe(text, hash, length, event, hits);
        }
    }

    private void probe(String text, int hash, int length, Event event, Hits hits) {
        int at = spread(hash) & mask;
        while (true) {
            String prefix = prefixes[at];
            if (prefix == null) {
                return;
            }
            if (prefix.length() == length && text.startsWith(prefix)) {
                Objects.requireNonNull(probes[at]).offer(event, hits);
                return;
            }
            at = (at + 1) & mask;
        }
    }
}
