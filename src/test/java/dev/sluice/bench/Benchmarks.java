package dev.sluice.bench;

import dev.sluice.bench.Section.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the benchmarks, prints the tables and writes the report. */
public final class Benchmarks {
    private static final String QUICK = "quick";
    private static final int USAGE = 2;

    private Benchmarks() {}

    /**
     * Nothing: all of it, report to the documents. {@code quick}: a few minutes. Names of parts: only these. With any
     * argument the report goes to the build folder.
     */
    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        Extent extent = words.remove(QUICK) ? Extent.QUICK : Extent.FULL;
        List<Part> parts = Arrays.stream(Part.values())
                .filter(part -> words.isEmpty() || words.contains(part.word()))
                .toList();
        if (!words.stream()
                .allMatch(word -> parts.stream().anyMatch(part -> part.word().equals(word)))) {
            System.err.println("unknown arguments among " + words + "; give none, 'quick', or names of parts: "
                    + Arrays.stream(Part.values()).map(Part::word).collect(Collectors.joining(", ")));
            System.exit(USAGE);
        }
        run(extent, parts, Path.of(args.length == 0 ? "docs/BENCHMARKS.md" : "target/BENCHMARKS.md"));
        System.exit(0); // the broker's shutdown hook ends its threads
    }

    private static void run(Extent extent, List<Part> wanted, Path file) throws Exception {
        Conditions conditions = Conditions.now(extent);
        Figures figures = new Figures();
        Parts parts = new Parts(extent, figures);
        List<Section> sections = new ArrayList<>();
        for (Part part : wanted) {
            sections.add(Section.run(part, parts));
        }
        String bars = Bars.table(figures);
        System.out.println("## Bars\n" + bars);
        new BenchmarkReport(file).write(conditions, bars, sections);
        System.out.println("written: " + file);
    }
}
