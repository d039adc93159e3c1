package dev.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What this JVM and machine spent since some beginning; the difference of two is what a phase cost.
 *
 * @param wallNanos elapsed time
 * @param cpuNanos of all threads of this JVM
 * @param installerNanos CPU of the thread that compiles and installs versions
 * @param workerNanos CPU of the stream threads
 * @param gcPauses collections
 * @param gcMs time in them
 * @param jitMs time of the just-in-time compilers
 */
record JvmCosts(
        long wallNanos, long cpuNanos, long installerNanos, long workerNanos, long gcPauses, long gcMs, long jitMs) {

    /** A stream thread of a data plane or of an application; not the producer's thread, which has its name in its own. */
    private static final Pattern WORKER = Pattern.compile("(?!kafka-)(?!.*-control-).*-StreamThread-\\d+");

    static final JvmCosts NONE = new JvmCosts(0, 0, 0, 0, 0, 0, 0);

    static JvmCosts now() {
        long pauses = 0;
        long gcMs = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            // A concurrent cycle is no pause.
            if (!collector.getName().contains("Concurrent")) {
                pauses += collector.getCollectionCount();
                gcMs += collector.getCollectionTime();
            }
        }
        return new JvmCosts(
                System.nanoTime(),
                machine().getProcessCpuTime(),
                threadNanos(name -> name.equals("sluice-installer") || name.equals("sluice-compiler")),
                threadNanos(name -> WORKER.matcher(name).matches()),
                pauses,
                gcMs,
                ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
    }

    JvmCosts since(JvmCosts before) {
        return new JvmCosts(
                wallNanos - before.wallNanos,
                cpuNanos - before.cpuNanos,
                installerNanos - before.installerNanos,
                workerNanos - before.workerNanos,
                gcPauses - before.gcPauses,
                gcMs - before.gcMs,
                jitMs - before.jitMs);
    }

    JvmCosts plus(JvmCosts other) {
        return new JvmCosts(
                wallNanos + other.wallNanos,
                cpuNanos + other.cpuNanos,
                installerNanos + other.installerNanos,
                workerNanos + other.workerNanos,
                gcPauses + other.gcPauses,
                gcMs + other.gcMs,
                jitMs + other.jitMs);
    }

    double seconds() {
        return wallNanos / 1e9;
    }

    /** Processors that were busy for this JVM, on average. */
    double cores() {
        return (double) cpuNanos / wallNanos;
    }

    private static OperatingSystemMXBean machine() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static long threadNanos(Predicate<String> isMeant) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && isMeant.test(info.getThreadName())) {
                nanos += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return nanos;
    }
}
