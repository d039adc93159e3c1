package dev.sluice.rule.compile;

import dev.sluice.rule.Predicate;
import dev.sluice.rule.Subject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where to find conditions that may hold whenever another does: keys such that one under which the wider condition stands
 * is mostly among those under which the narrower one looks. A key is a hash; equal keys prove nothing.
 */
final class ReachKeys {
    /** Past this many values a set stands under its subject only. */
    private static final int VALUES_MAX = 16;
    /** Characters of a prefix that are told apart. */
    private static final int PREFIX_MAX = 3;

    /** Kinds of keys, in their last bits. */
    private static final int ALWAYS = 0;

    private static final int TEXT = 1;
    private static final int VALUE = 2;
    private static final int SET = 3;
    private static final int PREFIX = 4;
    private static final int RANGE = 5;
    private static final int BOUNDS = 6;
    private static final int NOT_NULL = 7;
    static final int KINDS = 8;

    /** What rules must have in common for one to make another superfluous. */
    private final long group;

    private final Keys keys = new Keys();

    ReachKeys(long group) {
        this.group = group;
    }

    /** A growing array. */
    private static final class Keys {
        private long[] keys = new long[8];
        private int size;

        void add(long key) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
            }
            keys[size++] = key;
        }
    }

    int size() {
        return keys.size;
    }

    static int kind(long key) {
        return (int) (key & (KINDS - 1));
    }

    static long mixed(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }

    /** The keys so far, at most {@code most}. */
    long[] first(int most) {
        return Arrays.copyOf(keys.keys, Math.min(most, keys.size));
    }

    /** Of conditions that hold for every event. */
    void addAlways() {
        add(ALWAYS, group);
    }

    /** Of conditions, or parts of them, with this text. */
    void addText(String text) {
        add(TEXT, mixed(group, text.hashCode()));
    }

    /** Where a condition stands of which this is the most telling part. */
    void addWider(Predicate part) {
        if (part instanceof Predicate.OneOf oneOf) {
            if (oneOf.values().size() > VALUES_MAX) {
                add(SET, of(oneOf.subject()));
            } else {
                oneOf.values().forEach(value -> add(VALUE, mixed(of(oneOf.subject()), value.hashCode())));
            }
        } else if (part instanceof Predicate.StartsWith start) {
            add(PREFIX, prefix(start.subject(), start.prefix(), PREFIX_MAX));
        } else if (part instanceof Predicate.InRange range) {
            add(RANGE, of(range.subject()));
            addBounds(range);
        } else if (part instanceof Predicate.NotNull test) {
            add(NOT_NULL, of(test.subject()));
        } else {
            addText(part.expression().source());
        }
    }

    /** Where to look for conditions that this part may imply. */
    void addNarrower(Predicate part) {
        if (part instanceof Predicate.OneOf oneOf) {
            addValues(oneOf);
        } else if (part instanceof Predicate.StartsWith start) {
            addPrefixes(start.subject(), start.prefix());
        } else if (part instanceof Predicate.InRange range) {
            addBounds(range);
            add(RANGE, of(range.subject()));
        }
        Subject subject = Predicates.subject(part);
        if (subject == null) {
            addText(part.expression().source());
        } else {
            add(NOT_NULL, of(subject));
        }
    }

    private void addValues(Predicate.OneOf oneOf) {
        // Any one will do: a wider set has them all.
        Object value = oneOf.values().stream()
                .min(Comparator.comparingInt(Object::hashCode))
                .orElseThrow();
        long subject = of(oneOf.subject());
        add(VALUE, mixed(subject, value.hashCode()));
        add(SET, subject);
        if (value instanceof String text) {
            addPrefixes(oneOf.subject(), text);
        } else if (value instanceof Long) {
            add(RANGE, subject);
        }
    }

    private void addPrefixes(Subject subject, String text) {
        for (int length = 1; length <= Math.min(text.length(), PREFIX_MAX); length++) {
            add(PREFIX, prefix(subject, text, length));
        }
    }

    private static int firstHash(String text, int length) {
        return text.substring(0, Math.min(text.length(), length)).hashCode();
    }

    private long prefix(Subject subject, String text, int length) {
        return mixed(of(subject), firstHash(text, length));
    }

    private void addBounds(Predicate.InRange range) {
        long low = mixed(of(range.subject()), range.bounds().low());
        add(BOUNDS, mixed(low, range.bounds().high()));
    }

    private long of(Subject subject) {
        return mixed(group, subject.text().hashCode());
    }

    private void add(int kind, long hash) {
        keys.add((mixed(hash, kind) & -KINDS) | kind);
    }

    /** The part of a wider condition that fewest others share; a list is never empty. */
    static Predicate mostTelling(List<Predicate> alternative) {
        return alternative.stream()
                .min(Comparator.comparingInt(ReachKeys::commonness))
                .orElseThrow();
    }

    private static int commonness(Predicate part) {
        if (part instanceof Predicate.OneOf oneOf) {
            return oneOf.values().size() > VALUES_MAX ? 3 : 0;
        }
        if (part instanceof Predicate.StartsWith) {
            return 1;
        }
        if (part instanceof Predicate.Holds) {
            return 2;
        }
        return part instanceof Predicate.InRange ? 4 : 5;
    }
}
