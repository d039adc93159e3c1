package dev.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;

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

    /** Of this JVM. */
    static JvmCosts now() {
        return now(ManagementFactory.getPlatformMBeanServer());
    }

    /** Of the JVM at the other end. */
    static JvmCosts now(MBeanServerConnection jvm) {
        long pauses = 0;
        long gcMs = 0;
        for (GarbageCollectorMXBean collector : beans(jvm, GarbageCollectorMXBean.class)) {
            // What goes on beside the application is no pause.
            if (!collector.getName().matches(".*(Concurrent|Cycles).*")) {
                pauses += collector.getCollectionCount();
                gcMs += collector.getCollectionTime();
            }
        }
        return new JvmCosts(
                System.nanoTime(),
                bean(jvm, OperatingSystemMXBean.class).getProcessCpuTime(),
                threadNanos(jvm, name -> name.equals("sluice-installer") || name.equals("sluice-compiler")),
                threadNanos(jvm, name -> WORKER.matcher(name).matches()),
                pauses,
                gcMs,
                bean(jvm, CompilationMXBean.class).getTotalCompilationTime());
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

    private static <T extends PlatformManagedObject> T bean(MBeanServerConnection jvm, Class<T> type) {
        return beans(jvm, type).get(0);
    }

    private static <T extends PlatformManagedObject> List<T> beans(MBeanServerConnection jvm, Class<T> type) {
        try {
            return ManagementFactory.getPlatformMXBeans(jvm, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long threadNanos(MBeanServerConnection jvm, Predicate<String> isMeant) {
        ThreadMXBean threads = bean(jvm, ThreadMXBean.class);
        long nanos = 0;
        long[] ids = threads.getAllThreadIds();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        for (int i = 0; i < ids.length; i++) {
            long id = ids[i];
            ThreadInfo info = infos[i];
            if (info != null && isMeant.test(info.getThreadName())) {
                nanos += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return nanos;
    }
}
