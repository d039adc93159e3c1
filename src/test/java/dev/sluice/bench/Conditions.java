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
record Conditions(Instant begun, double loadBefore, Extent extent) {

    static Conditions now(Extent extent) {
        return new Conditions(Instant.now().truncatedTo(ChronoUnit.MINUTES), machineLoad(), extent);
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
                - JMH: one JVM a cell, %d iterations of %d ms to warm up and as many measured; %d new JVMs for first compilations
                - end to end: %,d events, %d rounds; swaps: %s
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
                extent.micro().iterations(),
                extent.micro().iterationMs(),
                extent.micro().jvms(),
                extent.passes().events(),
                extent.passes().rounds(),
                extent.swaps().stream()
                        .map(scenario -> text(scenario.load()))
                        .distinct()
                        .collect(Collectors.joining("; ")));
    }

    private static String text(SwapScenario.Load load) {
        return String.format(
                Locale.ROOT,
                "%d blocks without and %d with swaps, each of %.0f s, one version each %d ms (%s)",
                load.rounds(),
                load.rounds(),
                load.blockMs() / 1e3,
                load.swapEveryMs(),
                load.text());
    }

    private static double machineLoad() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
