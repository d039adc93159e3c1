package dev.sluice.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The control topic folded into one immutable value. {@link #apply} is the only road into it, live and after a restart.
 */
public final class ControlImage {
    /** The image of an empty topic. */
    public static final ControlImage EMPTY = new ControlImage(-1, new TreeMap<>(), Map.of());

    /** Unknown keys that are remembered; a topic full of garbage must not fill the memory. */
    private static final int MAX_UNKNOWN = 100;

    /** A record with a key that this build does not know. */
    public record UnknownRecord(String key, long offset, String reason) {}

    private final long offset;
    private final SortedMap<String, RulesetImage> rulesets;
    private final Map<String, UnknownRecord> unknown;

    private ControlImage(long offset, SortedMap<String, RulesetImage> rulesets, Map<String, UnknownRecord> unknown) {
        this.offset = offset;
        this.rulesets = Collections.unmodifiableSortedMap(rulesets);
        this.unknown = unknown;
    }

    /** Offset of the last record that the image holds; -1 for none. */
    public long offset() {
        return offset;
    }

    /** Rulesets by name. */
    public SortedMap<String, RulesetImage> rulesets() {
        return rulesets;
    }

    /** Records with unknown keys by key, the oldest first, at most 100. */
    public Map<String, UnknownRecord> unknown() {
        return unknown;
    }

    /** The image after {@code record}, which stands at {@code offset}. Records come in the order of the log. */
    ControlImage apply(ControlRecord record, long offset) {
        if (record instanceof ControlRecord.VersionPublished published) {
            PublishedVersion version = published.published();
            return withRuleset(version.name(), offset, image -> image.publish(version, offset));
        }
        if (record instanceof ControlRecord.VersionUnreadable bad) {
            return withRuleset(
                    bad.of().name(), offset, image -> image.unreadable(bad.of().version(), bad.reason(), offset));
        }
        if (record instanceof ControlRecord.VersionDeleted deleted) {
            return withRuleset(
                    deleted.of().name(),
                    offset,
                    image -> image.delete(deleted.of().version()));
        }
        Map<String, UnknownRecord> next = new LinkedHashMap<>(unknown);
        next.remove(record.key());
        if (record instanceof ControlRecord.Unknown bad) {
            next.put(bad.key(), new UnknownRecord(bad.key(), offset, bad.reason()));
            if (next.size() > MAX_UNKNOWN) {
                next.remove(next.keySet().iterator().next());
            }
        }
        return new ControlImage(offset, rulesets, Collections.unmodifiableMap(next));
    }

    private ControlImage withRuleset(String name, long at, UnaryOperator<RulesetImage> change) {
        SortedMap<String, RulesetImage> next = new TreeMap<>(rulesets);
        RulesetImage changed = change.apply(next.getOrDefault(name, RulesetImage.empty()));
        if (changed.isEmpty()) {
            next.remove(name);
        } else {
            next.put(name, changed);
        }
        return new ControlImage(at, next, unknown);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ControlImage that
                && offset == that.offset
                && rulesets.equals(that.rulesets)
                && unknown.equals(that.unknown);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(offset) + rulesets.hashCode();
    }

    @Override
    public String toString() {
        return "to offset " + offset + ": " + rulesets + " " + unknown.keySet();
    }
}
