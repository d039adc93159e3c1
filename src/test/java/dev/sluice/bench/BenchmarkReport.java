package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    void write(Conditions conditions, String swaps, String micro) throws IOException {
        String text = """
                # Benchmarks

                Written by `make bench`; a short run of about two minutes is `make bench ARGS=quick`, which writes
                `target/BENCHMARKS.md` instead. Timings on a shared machine of few processors are noisy: only ratios within
                one run count, and those of phases side by side more than those of tables.

                ## Conditions
                %s
                ## What the figures say
                %s
                %s
                %s

                ## Latency while rules are swapped
                One JVM holds a Kafka broker, one engine with 2 workers on 4 partitions, the sender and the receiver. Latency is
                from just before the producer's `send` of an event (linger 0) to its alert's receipt by a `read_committed`
                consumer; one rule matches every event. The phases of one steady flow: no swaps; a new version of the ruleset
                written to the control topic every 0.4 s; the same compilation on a thread of its own at the same pace,
                without a swap; no swaps again, so that drift shows. Each run warms up with versions until the just-in-time
                compilers are nearly idle, for a minute at most. Active means that
                every worker has read the version. Exactness is checked over all events of the run: each has exactly the
                alerts of one version.

                %s
                ## Parts
                JMH, average time (`firstOfAJvm`: single shot in new JVMs), with `-prof gc`. In `EvaluationBenchmark` one of the rules
                matches the event and the others compare a number; `read` is what an event pays for rules that can change.
                `newCompiler` has compiled nothing before, `oneRuleChanged` has just compiled the version before.

                %s""".formatted(conditions.text(), BEGIN, reading(), END, swaps, micro);
        Files.writeString(file, text);
    }
}
