package dev.sluice.evaluation;

import dev.sluice.rule.Event;

/** Items in a row. Those with nothing left to check, mostly all, are no more than a number. */
final class Items {
    private static final Item[] NONE = {};

    private final int[] slots;
    private final Item[] checked;

    Items(Item[] items) {
        slots = new int[items.length];
        boolean plain = true;
        for (int i = 0; i < items.length; i++) {
            slots[i] = items[i].slot();
            plain &= items[i].isPlain();
        }
        checked = plain ? NONE : items;
    }

    /** Whether nothing is left to check of any. */
    boolean isPlain() {
        return checked.length == 0;
    }

    int slot(int index) {
        return slots[index];
    }

    void offer(int index, Event event, Hits hits) {
        if (isPlain()) {
            hits.hit(slots[index]);
        } else {
            checked[index].offer(event, hits);
        }
    }
}
