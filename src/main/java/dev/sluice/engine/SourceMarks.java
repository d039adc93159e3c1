package dev.sluice.engine;

import dev.sluice.engine.SourceMark.Flow;
import dev.sluice.evaluation.Watermarks;
import dev.sluice.evaluation.Watermarks.Kept;
import dev.sluice.evaluation.Watermarks.Source;
import java.util.ArrayList;
import java.util.List;

/** {@link Watermarks} as bytes of a task's store. */
final class SourceMarks {
    private static final int FORMAT = 1;

    private SourceMarks() {}

    static byte[] write(Kept kept) {
        ByteSink sink = new ByteSink().put(FORMAT).putLong(kept.clockMs()).putLong(kept.holdUntilMs());
        sink.putCount(kept.sources().size());
        for (Source source : kept.sources()) {
            sink.putLong(source.id()).putLong(source.timeMs());
            sink.put((source.resting() ? Flow.RESTING : Flow.FLOWING).code());
            sink.putLong(source.heardMs()).putLong(source.clockMs()).putLong(source.sentMs());
        }
        return sink.toBytes();
    }

    static Kept read(byte[] bytes) {
        ByteSource from = new ByteSource(bytes);
        int format = from.get();
        if (format != FORMAT) {
            throw new IllegalStateException("stream times of format " + format + " were written by a newer version of"
                    + " Sluice: run that, or reset the application's state");
        }
        long clockMs = from.getLong();
        long holdUntilMs = from.getLong();
        int count = from.getCount();
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(new Source(
                    from.getLong(),
                    from.getLong(),
                    Flow.of(from.get()) == Flow.RESTING,
                    from.getLong(),
                    from.getLong(),
                    from.getLong()));
        }
        return new Kept(clockMs, holdUntilMs, sources);
    }
}
