package dev.sluice.window;

/** Which events of one key are looked at together. Times are milliseconds. */
public sealed interface WindowSpec {

    /** Windows one after another; the first of each day, hour or minute starts with it, since they count from the epoch. */
    record Tumbling(long sizeMs) implements WindowSpec {
        public Tumbling {
            positive(sizeMs);
        }
    }

    /** Windows that begin every {@code everyMs}, counted from the epoch; an event is in each that holds its time. */
    record Hopping(long sizeMs, long everyMs) implements WindowSpec {
        public Hopping {
            positive(sizeMs);
            positive(everyMs);
            if (everyMs > sizeMs) {
                throw new IllegalArgumentException("windows every " + everyMs + " ms of " + sizeMs + " ms leave gaps");
            }
        }
    }

    /**
     * The last stretch of time: the window of a key ends with the newest event of the key, which is in it, and holds the
     * events younger than that by less than {@code sizeMs}.
     *
     * @param resolutionMs 0 to be exact; else events of one such step of time leave together, with the youngest of them
     */
    record Sliding(long sizeMs, long resolutionMs) implements WindowSpec {
        public Sliding {
            positive(sizeMs);
            if (resolutionMs < 0 || resolutionMs > sizeMs) {
                throw new IllegalArgumentException("a resolution of " + resolutionMs + " ms does not divide " + sizeMs);
            }
        }
    }

    /** Events of which none is further than {@code gapMs} from the next. It begins and ends with an event. */
    record Session(long gapMs) implements WindowSpec {
        public Session {
            positive(gapMs);
        }
    }

    /** The last {@code events} of the key in the order of arrival. */
    record Count(int events) implements WindowSpec {
        public Count {
            positive(events);
        }
    }

    private static void positive(long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("a window must be longer than nothing, not " + value);
        }
    }
}
