package dev.sluice.engine;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The states that stand at one time, each once. Mostly a few, in the order in which they came; where windows of many keys end
 * together a million, in no order.
 */
final class DueRefs {
    private static final int FEW = 1_024;

    private Set<DueTimes.Ref> few = new LinkedHashSet<>();
    /** By {@link Segments}; empty while there are few. */
    private List<Set<DueTimes.Ref>> many = List.of();

    /** No segment before it has any. */
    private int first;

    private int size;

    void add(DueTimes.Ref ref) {
        if (many.isEmpty() && few.size() == FEW) {
            divide();
        }
        Set<DueTimes.Ref> refs = few;
        if (!many.isEmpty()) {
            int segment = Segments.of(ref.key());
            first = Math.min(first, segment);
            refs = many.get(segment);
        }
        size += refs.add(ref) ? 1 : 0;
    }

    private void divide() {
        many = Stream.<Set<DueTimes.Ref>>generate(LinkedHashSet::new)
                .limit(Segments.COUNT)
                .toList();
        few.forEach(ref -> many.get(Segments.of(ref.key())).add(ref));
        few = Set.of();
        first = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Takes one away.
     *
     * @throws java.util.NoSuchElementException when there is none
     */
    DueTimes.Ref poll() {
        Set<DueTimes.Ref> refs = few;
        if (!many.isEmpty()) {
            while (first < many.size() - 1 && many.get(first).isEmpty()) {
                first++;
            }
            refs = many.get(first);
        }
        Iterator<DueTimes.Ref> each = refs.iterator();
        DueTimes.Ref ref = each.next();
        each.remove();
        size--;
        return ref;
    }
}
