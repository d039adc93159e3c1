package dev.sluice.engine;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import dev.sluice.engine.ChangeUnderLoad.Longest;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * How long the steps of a thread took, and which pauses of the collector fell into them.
 *
 * <p>Threading: steps are timed by one thread; the JVM tells of pauses on a thread of its own.
 */
final class StepTimes implements AutoCloseable {
    private static final double NOTED_MS = 1;

    /** What a task does at one go. */
    enum Kind {
        /** An event, and what time made due before it. */
        EVENT,
        /** What is done without an event: due windows, and a step of the sweep. */
        TICK,
        /** Changes are written before offsets commit. */
        COMMIT,
        /** The thread goes over to other rules. */
        CHANGE
    }

    /** A step, in milliseconds since the JVM's start. */
    record Step(Kind kind, double fromMs, double toMs, double cpuMs) {
        double ms() {
            return toMs - fromMs;
        }
    }

    private record Pause(double fromMs, double toMs) {}

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final double originMs =
            System.nanoTime() / 1e6 - ManagementFactory.getRuntimeMXBean().getUptime();
    private final List<Step> steps = new ArrayList<>();
    private final Queue<Pause> pauses = new ConcurrentLinkedQueue<>();
    private final NotificationListener listener = this::told;

    StepTimes() {
        collectors().forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    private static List<NotificationEmitter> collectors() {
        List<NotificationEmitter> collectors = new ArrayList<>();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            // A concurrent cycle is no pause.
            if (!collector.getName().contains("Concurrent")) {
                collectors.add((NotificationEmitter) collector);
            }
        }
        return collectors;
    }

    private void told(Notification notification, Object handback) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GcInfo pause = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                    .getGcInfo();
            pauses.add(new Pause(pause.getStartTime(), pause.getStartTime() + pause.getDuration()));
        }
    }

    void time(Kind kind, Runnable step) {
        long beginCpu = threads.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        step.run();
        long end = System.nanoTime();
        if (end - begin > NOTED_MS * 1e6) {
            double cpuMs = (threads.getCurrentThreadCpuTime() - beginCpu) / 1e6;
            steps.add(new Step(kind, begin / 1e6 - originMs, end / 1e6 - originMs, cpuMs));
        }
    }

    Longest longest(Kind kind) {
        return longest(steps.stream().filter(step -> step.kind() == kind).toList());
    }

    /** Of all kinds. */
    Longest longest() {
        return longest(steps);
    }

    private Longest longest(List<Step> of) {
        return new Longest(max(of, Step::ms), max(of, step -> step.ms() - pausedMs(step)), max(of, Step::cpuMs));
    }

    private static double max(List<Step> of, ToDoubleFunction<Step> figure) {
        return of.stream().mapToDouble(figure).max().orElse(0);
    }

    private double pausedMs(Step step) {
        double paused = 0;
        for (Pause pause : pauses) {
            paused += Math.max(0, Math.min(step.toMs(), pause.toMs()) - Math.max(step.fromMs(), pause.fromMs()));
        }
        return paused;
    }

    double longestPauseMs() {
        return pauses.stream()
                .mapToDouble(pause -> pause.toMs() - pause.fromMs())
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        for (NotificationEmitter collector : collectors()) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException("the listener was added when this was made", e);
            }
        }
    }
}
