package dev.sluice.evaluation;

import dev.sluice.rule.Predicate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Candidates by the values that their predicates name, each value with an index of its own for what is left. */
abstract class SplitPart extends AttributePart {
    private final Map<Object, Part> children;

    SplitPart(Search search, Candidate[] candidates, Children children) {
        super(search, candidates, children.memos());
        this.children = children.byValue();
    }

    /** @param byValue never changed once it is here */
    record Children(Map<Object, Part> byValue, Memos memos) {}

    static SplitPart of(Search search, Candidate[] candidates, IndexBuilder builder) {
        Map<Object, List<Candidate>> byValue = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            spread(search, candidate, byValue);
        }
        Map<Object, Part> children = new HashMap<>(byValue.size() * 2);
        byValue.forEach((value, those) -> children.put(value, builder.build(those.toArray(Candidate[]::new))));
        return of(search, candidates, new Children(children, builder.memos()));
    }

    private static void spread(Search search, Candidate candidate, Map<Object, List<Candidate>> byValue) {
        int predicate = search.predicate(candidate);
        Candidate decided = candidate.with(predicate);
        for (Object value : values(candidate.entry().predicates().get(predicate))) {
            byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(decided);
        }
    }

    private static SplitPart of(Search search, Candidate[] candidates, Children children) {
        if (search.attribute().way() == Attribute.Way.PREFIX) {
            return new PrefixPart(search, candidates, children);
        }
        Object any = children.byValue().keySet().iterator().next();
        return any instanceof Long
                ? new IntegerPart(search, candidates, children)
                : new ValuePart(search, candidates, children);
    }

    static Set<Object> values(Predicate predicate) {
        if (predicate instanceof Predicate.OneOf oneOf) {
            return oneOf.values();
        }
        if (predicate instanceof Predicate.StartsWith startsWith) {
            return Set.of(startsWith.prefix());
        }
        throw new IllegalStateException("a predicate without values is searched by value");
    }

    /** Only the values that the change names get another index. */
    @Override
    final Part changed(Change change) {
        if (change.concernsNone(candidates())) {
            return this;
        }
        Candidate[] next = change.apply(candidates());
        if (next.length == 0) {
            return new ScanPart(next, change.builder().memos());
        }
        Map<Object, List<Candidate>> added = new LinkedHashMap<>();
        for (Candidate candidate : candidates()) {
            if (change.removed().get(candidate.slot())) {
                Predicate predicate = candidate.entry().predicates().get(search().predicate(candidate));
                values(predicate).forEach(value -> added.putIfAbsent(value, new ArrayList<>()));
            }
        }
        change.added().forEach(candidate -> spread(search(), candidate, added));
        Map<Object, Part> changed = new HashMap<>(children);
        added.forEach((value, those) -> replace(changed, value, change.withAdded(those)));
        return of(search(), next, new Children(changed, change.builder().memos()));
    }

    private static void replace(Map<Object, Part> children, Object value, Change change) {
        Part before = children.get(value);
        Part after = before == null
                ? change.builder().build(change.added().toArray(Candidate[]::new))
                : before.changed(change);
        if (after.candidates().length == 0) {
            children.remove(value);
        } else {
            children.put(value, after);
        }
    }

    @Override
    final boolean tell(Entry entry, AccessPath.Account account) {
        for (Candidate candidate : candidates()) {
            if (candidate.entry() == entry) {
                Predicate predicate = candidate.entry().predicates().get(search().predicate(candidate));
                Collection<Object> values = values(predicate);
                Part child =
                        Objects.requireNonNull(children.get(values.iterator().next()));
                account.step(search().attribute(), predicate, child.candidates().length);
                return child.tell(entry, account);
            }
        }
        return false;
    }

    /** Size of a table in which half of the places stay free. */
    static int capacity(int entries) {
        return Integer.highestOneBit(Math.max(4, entries * 2 - 1)) << 1;
    }

    static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }
}
