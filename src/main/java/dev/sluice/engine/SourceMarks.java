package dev.sluice.engine;

import dev.sluice.engine.SourceMark.Flow;
import dev.sluice.evaluation.Watermarks;
import dev.sluice.evaluation.Watermarks.Kept;
import dev.sluice.evaluation.Watermarks.Source;
import dev.sluice.window.ByteIn;
import dev.sluice.window.ByteOut;
import java.util.ArrayList;
import java.util.List;

/** {@link Watermarks} as bytes of a task's store. */
final class SourceMarks {
    private static final int FORMAT = 1;

    private SourceMarks() {}

    static byte[] write(Kept kept) {
        ByteOut sink = new ByteOut().oneByte(FORMAT).fixed(kept.clockMs()).fixed(kept.holdUntilMs());
        sink.unsigned(kept.sources().size());
        for (Source source : kept.sources()) {
            sink.fixed(source.id()).fixed(source.timeMs());
            sink.oneByte((source.resting() ? Flow.RESTING : Flow.FLOWING).code());
            sink.fixed(source.heardMs()).fixed(source.clockMs()).fixed(source.sentMs());
        }
        return sink.toBytes();
    }

    static Kept read(byte[] bytes) {
        ByteIn from = new ByteIn(bytes);
        int format = from.oneByte();
        if (format != FORMAT) {
            throw new IllegalStateException("stream times of format " + format + " were written by a newer version of"
                    + " Sluice: run that, or reset the application's state");
        }
        long clockMs = from.fixed();
        long holdUntilMs = from.fixed();
        int count = from.count();
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(new Source(
                    from.fixed(),
                    from.fixed(),
                    Flow.of(from.oneByte()) == Flow.RESTING,
                    from.fixed(),
                    from.fixed(),
                    from.fixed()));
        }
        return new Kept(clockMs, holdUntilMs, sources);
    }
}
