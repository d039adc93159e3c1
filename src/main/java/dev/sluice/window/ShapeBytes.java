package dev.sluice.window;

import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column.Kind;

/** Windows and columns as bytes. */
final class ShapeBytes {
    private static final int TUMBLING = 0;
    private static final int HOPPING = 1;
    private static final int SLIDING = 2;
    private static final int SESSION = 3;
    private static final int COUNT = 4;

    private ShapeBytes() {}

    static void write(ByteOut out, Window window) {
        WindowSpec spec = window.spec();
        if (spec instanceof WindowSpec.Tumbling tumbling) {
            write(out, TUMBLING, tumbling.sizeMs(), 0);
        } else if (spec instanceof WindowSpec.Hopping hopping) {
            write(out, HOPPING, hopping.sizeMs(), hopping.everyMs());
        } else if (spec instanceof WindowSpec.Sliding sliding) {
            write(out, SLIDING, sliding.sizeMs(), sliding.resolutionMs());
        } else if (spec instanceof WindowSpec.Session session) {
            write(out, SESSION, session.gapMs(), 0);
        } else if (spec instanceof WindowSpec.Count count) {
            write(out, COUNT, count.events(), 0);
        }
        out.unsigned(window.graceMs());
    }

    private static void write(ByteOut out, int kind, long size, long second) {
        out.oneByte(kind);
        out.unsigned(size);
        out.unsigned(second);
    }

    static Window window(ByteIn in) {
        int kind = in.oneByte();
        long size = in.unsigned();
        long second = in.unsigned();
        WindowSpec spec = switch (kind) {
            case TUMBLING -> new WindowSpec.Tumbling(size);
            case HOPPING -> new WindowSpec.Hopping(size, second);
            case SLIDING -> new WindowSpec.Sliding(size, second);
            case SESSION -> new WindowSpec.Session(size);
            case COUNT -> new WindowSpec.Count((int) size);
            default -> throw new IllegalArgumentException("no window has the number " + kind);
        };
        return new Window(spec, in.unsigned());
    }

    static void write(ByteOut out, Column column) {
        out.text(column.id());
        out.text(column.aggregation().function().name());
        out.bits(Double.doubleToRawLongBits(column.aggregation().parameter()));
        out.text(column.kind().name());
    }

    static Column column(ByteIn in) {
        String id = in.text();
        Function function = Function.valueOf(in.text());
        double parameter = Double.longBitsToDouble(in.bits());
        return new Column(id, new Aggregation(function, parameter), Kind.valueOf(in.text()));
    }
}
