package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The report file: written anew by each run, but for the reading of the figures, which people write between two marks
 * and which stays.
 */
final class BenchmarkReport {
    static final String BEGIN = "<!-- reading: written by hand, kept by the program -->";
    static final String END = "<!-- end of reading -->";
    private static final String NO_READING = "Not written yet.";

    private final Path file;

    BenchmarkReport(Path file) {
        this.file = file;
    }

    /** What the file says between the marks. */
    String reading() throws IOException {
        if (!Files.exists(file)) {
            return NO_READING;
        }
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        return begin < 0 || end < begin
                ? NO_READING
                : text.substring(begin + BEGIN.length(), end).strip();
    }

    void write(Conditions conditions, String bars, List<Section> sections) throws IOException {
        String text = """
                # Benchmarks

                Written by `make bench`. `make bench ARGS=quick` is a short run of a few minutes, `make bench ARGS=index` (or
                `expression`, `decode`, `compile`, `end-to-end`, `windows`, `swap`, `fleet`) runs one part; both write `target/BENCHMARKS.md` instead.
                Timings on a shared machine of few processors are noisy: only ratios within one run count, and those side by side
                in one table more than others. Every figure is a median.

                ## Bars
                %s
                ## Conditions
                %s
                ## What the figures say
                %s
                %s
                %s

                %s""".formatted(
                        bars,
                        conditions.text(),
                        BEGIN,
                        reading(),
                        END,
                        sections.stream().map(Section::text).collect(Collectors.joining("\n")));
        Files.writeString(file, text);
    }
}
