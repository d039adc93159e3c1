package dev.sluice.engine;

/**
 * What a task that hands events over tells of itself.
 *
 * @param source of {@link Origin#source}; {@link #NO_SOURCE} for one whose stream time is nobody's measure
 * @param streamMs its stream time
 * @param wallMs its wall clock
 */
record SourceMark(long source, long streamMs, long wallMs, Flow flow) {
    static final long NO_SOURCE = 0;

    /** Whether the source has events. */
    enum Flow {
        FLOWING(0),
        RESTING(1);

        private final int code;

        Flow(int code) {
            this.code = code;
        }

        /** As it is written. */
        int code() {
            return code;
        }

        static Flow of(int code) {
            if (code != FLOWING.code && code != RESTING.code) {
                throw new IllegalArgumentException("a source cannot be in state " + code);
            }
            return code == FLOWING.code ? FLOWING : RESTING;
        }
    }
}
