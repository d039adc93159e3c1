package dev.sluice.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Under what a run's figures came about.
 *
 * @param loadBefore the machine's load average of one minute before the run
 */
record Conditions(Instant begun, double loadBefore, SwapLatencyBenchmark.Load load) {

    static Conditions now(SwapLatencyBenchmark.Load load) {
        return new Conditions(Instant.now().truncatedTo(ChronoUnit.MINUTES), machineLoad(), load);
    }

    /** A Markdown list. */
    String text() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                """
                - Begun %s, took %d s; load average of the machine %.1f before, %.1f at the end (its processors: %d)
                - JDK %s, heap at most %,d MB, collector: %s
                - Kafka %s; data on local disk; %s %s
                - %,d events a second, ruleset of %d rules, %d versions one each %d ms, quiet phases of %d s
                """,
                begun,
                Instant.now().getEpochSecond() - begun.getEpochSecond(),
                loadBefore,
                machineLoad(),
                runtime.availableProcessors(),
                Runtime.version(),
                runtime.maxMemory() / 1_048_576,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")),
                AppInfoParser.getVersion(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                load.eventsPerSecond(),
                load.rules(),
                load.swaps(),
                load.swapEveryMs(),
                load.quietSeconds());
    }

    private static double machineLoad() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
