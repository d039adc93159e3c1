package dev.sluice.bench;

import java.util.ArrayDeque;

/** Count and sum of the last stretch of time, as one writes it by hand. */
final class HandWrittenWindow {
    private record Held(long timeMs, long amount) {}

    private final long sizeMs;
    private final ArrayDeque<Held> events = new ArrayDeque<>();
    private long sum;

    HandWrittenWindow(long sizeMs) {
        this.sizeMs = sizeMs;
    }

    void add(long timeMs, long amount) {
        while (!events.isEmpty() && events.peekFirst().timeMs() <= timeMs - sizeMs) {
            sum -= events.removeFirst().amount();
        }
        events.addLast(new Held(timeMs, amount));
        sum += amount;
    }

    long count() {
        return events.size();
    }

    long sum() {
        return sum;
    }
}
