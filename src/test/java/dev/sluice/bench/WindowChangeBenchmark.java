package dev.sluice.bench;

import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.engine.ChangeUnderLoad;
import dev.sluice.engine.ChangeUnderLoad.Change;
import dev.sluice.engine.ChangeUnderLoad.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The window of a rule with many keys is changed under load: how soon it is active, how long a thread is held up. */
final class WindowChangeBenchmark {
    static final Load FULL = new Load(1_000_000, 5_000, 8);
    static final Load QUICK = new Load(100_000, 5_000, 3);

    private static final Change SHORTER =
            new Change("sliding 10 min -> 5 min", "{ sliding: 10m }; crossing", "{ sliding: 5m }; crossing");
    private static final Change HOPPING = new Change(
            "tumbling 10 min -> hopping 10 min by 1 min, at close",
            "{ tumbling: 10m }; close",
            "{ hopping: 10m, every: 1m }; close");

    /** A change, and where the state is. */
    record Cell(Change change, StoreKind store) {
        static final List<Cell> ALL = List.of(
                new Cell(SHORTER, StoreKind.MEMORY),
                new Cell(SHORTER, StoreKind.ROCKSDB),
                new Cell(HOPPING, StoreKind.MEMORY),
                new Cell(HOPPING, StoreKind.ROCKSDB));

        String text() {
            return change.name() + ", " + store.name().toLowerCase(Locale.ROOT);
        }

        String active() {
            return "active, " + text();
        }

        String longest() {
            return "longest step, " + text();
        }
    }

    private WindowChangeBenchmark() {}

    static String table(Load load, Figures figures) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| window, %,d keys | store | active, ms | longest event, ms | tick | commit | change of rules"
                        .formatted(load.keys())
                + " | all, without pauses | all, at work | before the change, without pauses | longest pause |");
        lines.add("| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        for (Cell cell : Cell.ALL) {
            ChangeUnderLoad.Result result = new ChangeUnderLoad(cell.store(), load).run(cell.change());
            figures.put(cell.active(), result.activeMs());
            figures.put(cell.longest(), result.all().withoutPausesMs());
            lines.add(row(cell, result));
            System.out.println(lines.get(lines.size() - 1));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String row(Cell cell, ChangeUnderLoad.Result result) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f |",
                cell.change().name(),
                cell.store().name().toLowerCase(Locale.ROOT),
                result.activeMs(),
                result.event().ms(),
                result.tick().ms(),
                result.commit().ms(),
                result.change().ms(),
                result.all().withoutPausesMs(),
                result.all().cpuMs(),
                result.calm().withoutPausesMs(),
                result.pauseMs());
    }

    /** To standard output; {@code quick} for fewer keys. */
    public static void main(String[] args) throws IOException {
        System.out.println(table(List.of(args).contains("quick") ? QUICK : FULL, new Figures()));
    }
}
