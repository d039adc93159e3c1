package dev.sluice.window;

import dev.sluice.window.KeyState.Admission;
import dev.sluice.window.Recomputed.Raw;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The windows of one key by lists of raw events: what each holds is looked up anew in all of them. */
public final class RecomputedWindows {

    /** A window with its events in the order of arrival. */
    public record Held(long startMs, long endMs, boolean isSet, List<Raw> events) {}

    /** Raw events of one window. */
    private static final class Group {
        final List<Raw> events = new ArrayList<>();
        boolean on;

        long firstMs() {
            return events.stream().mapToLong(Raw::timeMs).min().orElseThrow();
        }

        long lastMs() {
            return events.stream().mapToLong(Raw::timeMs).max().orElseThrow();
        }
    }

    private final WindowSpec spec;
    private final long graceMs;
    /** Tumbling, hopping: by start. Else: by the time of the first event; one alone for sliding and count. */
    private final TreeMap<Long, Group> groups = new TreeMap<>();

    private final Set<Group> touched = new HashSet<>();
    private long newestMs = Long.MIN_VALUE;

    public RecomputedWindows(Window window) {
        this.spec = window.spec();
        this.graceMs = window.graceMs();
    }

    public Admission add(Raw event, long streamMs) {
        touched.clear();
        if (spec instanceof WindowSpec.Tumbling tumbling) {
            return aligned(event, streamMs, new WindowSpec.Hopping(tumbling.sizeMs(), tumbling.sizeMs()));
        } else if (spec instanceof WindowSpec.Hopping hopping) {
            return aligned(event, streamMs, hopping);
        } else if (spec instanceof WindowSpec.Session session) {
            return session(event, streamMs, session.gapMs());
        } else if (spec instanceof WindowSpec.Sliding sliding) {
            return sliding(event, streamMs, sliding);
        }
        Group all = groups.computeIfAbsent(0L, start -> new Group());
        all.events.add(event);
        if (all.events.size() > ((WindowSpec.Count) spec).events()) {
            all.events.remove(0);
        }
        touched.add(all);
        return Admission.ADMITTED;
    }

    private Admission aligned(Raw event, long streamMs, WindowSpec.Hopping hopping) {
        long step = hopping.everyMs();
        LongStream.rangeClosed(-hopping.sizeMs() / step - 1, 1)
                .map(i -> (Math.floorDiv(event.timeMs(), step) + i) * step)
                .filter(start -> start <= event.timeMs() && event.timeMs() < start + hopping.sizeMs())
                .filter(start -> start + hopping.sizeMs() + graceMs > streamMs)
                .forEach(start -> hold(groups.computeIfAbsent(start, s -> new Group()), event));
        return touched.isEmpty() ? Admission.LATE : Admission.ADMITTED;
    }

    private void hold(Group group, Raw event) {
        group.events.add(event);
        touched.add(group);
    }

    private Admission session(Raw event, long streamMs, long gapMs) {
        if (event.timeMs() + gapMs + graceMs <= streamMs) {
            return Admission.LATE;
        }
        Group joined = new Group();
        List<Group> near = groups.values().stream()
                .filter(group -> group.lastMs() + gapMs + graceMs >= streamMs)
                .filter(group -> group.firstMs() - gapMs <= event.timeMs() && event.timeMs() <= group.lastMs() + gapMs)
                .toList();
        groups.values().removeAll(near);
        near.forEach(group -> {
            joined.events.addAll(group.events);
            joined.on |= group.on;
        });
        hold(joined, event);
        groups.put(joined.firstMs(), joined);
        return Admission.ADMITTED;
    }

    private Admission sliding(Raw event, long streamMs, WindowSpec.Sliding sliding) {
        if (event.timeMs() <= streamMs - sliding.sizeMs() - graceMs) {
            return Admission.LATE;
        }
        long newest = Math.max(newestMs, event.timeMs());
        if (event.timeMs() > newest - sliding.sizeMs()) {
            newestMs = newest;
            Group all = groups.computeIfAbsent(0L, start -> new Group());
            long step = Math.max(1, sliding.resolutionMs());
            List<Raw> before = List.copyOf(all.events);
            all.events.removeIf(old -> youngest(before, old, step) <= newest - sliding.sizeMs());
            all.on &= !all.events.isEmpty();
            hold(all, event);
        }
        return Admission.ADMITTED;
    }

    /** Time of the youngest event of the same step. */
    private static long youngest(List<Raw> events, Raw event, long step) {
        long number = Math.floorDiv(event.timeMs(), step);
        return events.stream()
                .mapToLong(Raw::timeMs)
                .filter(time -> Math.floorDiv(time, step) == number)
                .max()
                .orElseThrow();
    }

    List<Held> touched() {
        return groups.entrySet().stream()
                .filter(entry -> touched.contains(entry.getValue()))
                .map(entry -> held(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** All windows that are not past. */
    public List<Held> held() {
        return groups.entrySet().stream()
                .map(entry -> held(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Windows that are past, which are gone after it. */
    public List<Held> closed(long streamMs) {
        if (spec instanceof WindowSpec.Sliding || spec instanceof WindowSpec.Count) {
            return List.of();
        }
        List<Held> closed = groups.entrySet().stream()
                .filter(entry -> closeMs(entry.getKey(), entry.getValue()) <= streamMs)
                .map(entry -> held(entry.getKey(), entry.getValue()))
                .toList();
        groups.entrySet().removeIf(entry -> closeMs(entry.getKey(), entry.getValue()) <= streamMs);
        return closed;
    }

    private long closeMs(long startMs, Group group) {
        return spec instanceof WindowSpec.Session session
                ? group.lastMs() + session.gapMs() + 1 + graceMs
                : held(startMs, group).endMs() + graceMs;
    }

    void set(long startMs, boolean on) {
        groups.get(spec instanceof WindowSpec.Sliding || spec instanceof WindowSpec.Count ? 0 : startMs).on = on;
    }

    private Held held(long startMs, Group group) {
        if (spec instanceof WindowSpec.Tumbling tumbling) {
            return new Held(startMs, startMs + tumbling.sizeMs(), group.on, group.events);
        } else if (spec instanceof WindowSpec.Hopping hopping) {
            return new Held(startMs, startMs + hopping.sizeMs(), group.on, group.events);
        } else if (spec instanceof WindowSpec.Sliding sliding) {
            return new Held(newestMs - sliding.sizeMs() + 1, newestMs + 1, group.on, group.events);
        }
        return new Held(group.firstMs(), group.lastMs() + 1, group.on, group.events);
    }
}
