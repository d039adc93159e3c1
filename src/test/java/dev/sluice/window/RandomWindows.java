package dev.sluice.window;

import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column.Kind;
import dev.sluice.window.Recomputed.Raw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Windows, columns and events at random. */
final class RandomWindows {
    private static final List<Column> COLUMNS = columnsThereAre();

    private final Random random;

    RandomWindows(Random random) {
        this.random = random;
    }

    private static List<Column> columnsThereAre() {
        List<Column> columns = new ArrayList<>();
        for (Function function : Function.values()) {
            for (Kind kind : Kind.values()) {
                if (kind != Kind.ANY || !needsNumbers(function)) {
                    double parameter = parameter(function);
                    columns.add(new Column(function + "(" + kind + ")", new Aggregation(function, parameter), kind));
                }
            }
        }
        return List.copyOf(columns);
    }

    private static boolean needsNumbers(Function function) {
        return switch (function) {
            case SUM, AVG, STDDEV, PERCENTILE, EMA -> true;
            default -> false;
        };
    }

    private static double parameter(Function function) {
        return switch (function) {
            case PERCENTILE -> 90;
            case EMA -> 0.5;
            case COLLECT -> 4;
            default -> 0;
        };
    }

    static List<Column> allColumns() {
        return COLUMNS;
    }

    /** Some of all columns, in any order. */
    List<Column> columns() {
        List<Column> columns = new ArrayList<>(COLUMNS);
        java.util.Collections.shuffle(columns, random);
        return List.copyOf(columns.subList(0, 1 + random.nextInt(random.nextBoolean() ? 3 : columns.size())));
    }

    Window window() {
        return new Window(spec(random.nextInt(6)), random.nextInt(3) * (long) random.nextInt(60));
    }

    WindowSpec spec(int kind) {
        long size = 1L + random.nextInt(random.nextBoolean() ? 20 : 200);
        return switch (kind) {
            case 0 -> new WindowSpec.Tumbling(size);
            case 1 -> new WindowSpec.Hopping(size, 1 + random.nextInt((int) size));
            case 2 -> new WindowSpec.Sliding(size, 0);
            case 3 -> new WindowSpec.Sliding(size, 1 + random.nextInt((int) size));
            case 4 -> new WindowSpec.Session(1 + random.nextInt(20));
            default -> new WindowSpec.Count(1 + random.nextInt(30));
        };
    }

    Raw event(long timeMs, List<Column> columns) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Column column : columns) {
            arguments.add(random.nextInt(8) == 0 ? null : argument(column));
        }
        return new Raw(timeMs, arguments);
    }

    private Object argument(Column column) {
        if (column.aggregation().function() == Function.COUNT) {
            return random.nextInt(4) > 0;
        }
        return switch (column.kind()) {
            case LONG -> (long) random.nextInt(random.nextBoolean() ? 10 : 1_000_000) - 5;
            case DOUBLE -> random.nextBoolean() ? random.nextInt(20) / 4.0 - 1 : random.nextGaussian() * 1e6;
            case ANY ->
                column.id().hashCode() % 2 == 0 ? Instant.ofEpochMilli(random.nextInt(50)) : "t" + random.nextInt(50);
        };
    }
}
