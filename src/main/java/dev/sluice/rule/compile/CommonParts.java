package dev.sluice.rule.compile;

import dev.sluice.rule.Predicate;
import dev.sluice.rule.Subject;
import dev.sluice.rule.plan.Failures.Operand;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What the plans over one event type have in common, each part one object: of ten thousand rules most look at the same few
 * fields. Safe for many threads.
 */
final class CommonParts {
    /** Of each kind; past it, parts are not shared. */
    private static final int MAX = 1_000;

    private static final int RECENT = 256;

    /** By hash of the text: conditions that rules have in common mostly stand in many of them. */
    private final AtomicReferenceArray<Predicate> recent = new AtomicReferenceArray<>(RECENT);

    private final Map<String, Subject> subjects = new ConcurrentHashMap<>();
    private final Map<Set<String>, Set<String>> fields = new ConcurrentHashMap<>();
    private final Map<Operand, Operand> operands = new ConcurrentHashMap<>();

    /** Makes a subject. */
    interface Source {
        Subject make(String text) throws NotPlannedException;
    }

    /** @param text of the subject, canonical */
    Subject subject(String text, Source source) throws NotPlannedException {
        Subject known = subjects.get(text);
        return known == null ? shared(text, source.make(text), subjects) : known;
    }

    /** Names of fields that a plan reads. */
    Set<String> fields(Set<String> names) {
        Set<String> known = fields.get(names);
        if (known != null) {
            return known;
        }
        Set<String> copy = Set.copyOf(names);
        return shared(copy, copy, fields);
    }

    Operand operand(String operation, String path) {
        Operand operand = new Operand(operation, path);
        Operand known = operands.get(operand);
        return known == null ? shared(operand, operand, operands) : known;
    }

    /**
     * A part of a condition that was remembered lately; null for none. Its plan gives true or false by itself.
     *
     * @param text of the part, canonical
     */
    @Nullable Predicate recent(String text) {
        Predicate known = recent.get(place(text));
        return known != null && known.expression().source().equals(text) ? known : null;
    }

    void remember(Predicate part) {
        recent.set(place(part.expression().source()), part);
    }

    private static int place(String text) {
        int hash = text.hashCode();
        return (hash ^ hash >>> 16) & (RECENT - 1);
    }

    private static <K, V> V shared(K key, V part, Map<K, V> known) {
        if (known.size() >= MAX) {
            return part;
        }
        V before = known.putIfAbsent(key, part);
        return before == null ? part : before;
    }
}
