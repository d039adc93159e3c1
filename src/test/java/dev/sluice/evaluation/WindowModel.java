package dev.sluice.evaluation;

import dev.sluice.evaluation.ModelRule.Kind;
import dev.sluice.evaluation.ModelRule.Reading;
import dev.sluice.evaluation.ModelRule.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a windowed rule means, in the plainest way: raw events are kept, and each window is made of them anew. */
final class WindowModel {
    private final ModelRule rule;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();
    private int late;

    WindowModel(ModelRule rule) {
        this.rule = rule;
    }

    /** One key. */
    private static final class Key {
        final String text;
        final List<Reading> events = new ArrayList<>();
        /** Of tumbling and hopping windows: those that an event is in. */
        final Map<Reading, Set<Long>> starts = new HashMap<>();

        final List<Session> sessions = new ArrayList<>();
        final Map<Long, Boolean> bits = new HashMap<>();
        final Set<Long> ended = new HashSet<>();
        boolean bit;
        boolean reported;
        long emitted = Long.MIN_VALUE;

        @Nullable Reading newest;

        Key(String text) {
            this.text = text;
        }
    }

    private static final class Session {
        final List<Reading> events = new ArrayList<>();
        boolean bit;

        long first() {
            return events.stream().mapToLong(Reading::time).min().orElseThrow();
        }

        long last() {
            return events.stream().mapToLong(Reading::time).max().orElseThrow();
        }
    }

    private record Window(long start, long end, List<Reading> events) {
        Reading newest() {
            return events.stream()
                    .max(Comparator.comparingLong(Reading::time).thenComparingInt(Reading::arrival))
                    .orElseThrow();
        }
    }

    /** What was said since the last time. */
    List<String> take() {
        List<String> taken = new ArrayList<>(said);
        said.clear();
        return taken;
    }

    int late() {
        return late;
    }

    void pass(long stream) {
        keys.values().forEach(key -> pass(key, stream));
    }

    private void pass(Key key, long stream) {
        if (rule.trigger() == Trigger.MISSING) {
            silence(key, stream);
        }
        if (rule.kind() == Kind.SESSION) {
            for (Session session : List.copyOf(key.sessions)) {
                if (session.last() + rule.size() + rule.grace() < stream) {
                    key.sessions.remove(session);
                    end(key, new Window(session.first(), session.last() + 1, session.events));
                }
            }
        } else if (rule.kind() == Kind.TUMBLING || rule.kind() == Kind.HOPPING) {
            key.starts.values().stream()
                    .flatMap(Set::stream)
                    .distinct()
                    .sorted()
                    .forEach(start -> {
                        if (start + rule.size() + rule.grace() <= stream && key.ended.add(start)) {
                            end(key, aligned(key, start));
                        }
                    });
        }
    }

    private void end(Key key, Window window) {
        Reading last = window.newest();
        boolean isDue = rule.trigger() == Trigger.CLOSE && rule.holds(window.events(), last);
        if (isDue && !isQuiet(key, window.end())) {
            key.emitted = window.end();
            say("random/rule/" + key.text + "@" + window.start(), window.end() - 1, line(key, window, last));
        }
    }

    private void silence(Key key, long stream) {
        Reading newest = key.newest;
        if (newest == null || key.reported || newest.time() + ModelRule.SILENCE > stream) {
            return;
        }
        key.reported = true;
        long time = newest.time() + ModelRule.SILENCE;
        Window window = rule.kind() == Kind.COUNT ? count(key) : sliding(key);
        if (rule.holds(window.events(), window.newest()) && !isQuiet(key, time)) {
            key.emitted = time;
            say("random/rule/" + key.text + "@" + newest.time(), time, line(key, window, window.newest()));
        }
    }

    private boolean isQuiet(Key key, long time) {
        return rule.cooldown() > 0 && key.emitted != Long.MIN_VALUE && time < key.emitted + rule.cooldown();
    }

    void event(Reading reading, long stream) {
        StringJoiner text = new StringJoiner("|");
        rule.keyOf(reading).forEach(value -> text.add(Objects.toString(value)));
        Key key = keys.computeIfAbsent(text.toString(), Key::new);
        List<Window> touched = switch (rule.kind()) {
            case TUMBLING -> intoAligned(key, reading, stream, rule.size());
            case HOPPING -> intoAligned(key, reading, stream, rule.every());
            case SLIDING -> intoSliding(key, reading, stream);
            case SESSION -> intoSession(key, reading, stream);
            case COUNT -> intoCount(key, reading);
        };
        if (rule.trigger() == Trigger.CROSSING || rule.trigger() == Trigger.EACH) {
            touched.forEach(window -> look(key, window, reading));
        }
    }

    private void admit(Key key, Reading reading) {
        key.events.add(reading);
        if (key.newest == null || reading.time() >= key.newest.time()) {
            key.newest = reading;
            key.reported = false;
        }
    }

    private List<Window> intoAligned(Key key, Reading reading, long stream, long every) {
        List<Long> open = new ArrayList<>();
        for (long start = Math.floorDiv(reading.time(), every) * every;
                start > reading.time() - rule.size();
                start -= every) {
            if (start + rule.size() + rule.grace() > stream) {
                open.add(0, start);
            }
        }
        if (open.isEmpty()) {
            late++;
            return List.of();
        }
        admit(key, reading);
        key.starts.put(reading, Set.copyOf(open));
        return open.stream().map(start -> aligned(key, start)).toList();
    }

    private Window aligned(Key key, long start) {
        List<Reading> events = key.events.stream()
                .filter(event -> Objects.requireNonNull(key.starts.get(event)).contains(start))
                .toList();
        return new Window(start, start + rule.size(), events);
    }

    private List<Window> intoSliding(Key key, Reading reading, long stream) {
        if (reading.time() <= stream - rule.size() - rule.grace()) {
            late++;
            return List.of();
        }
        Reading before = key.newest;
        if (before != null && reading.time() <= before.time() - rule.size()) {
            return List.of();
        }
        if (before != null && reading.time() - rule.size() >= before.time()) {
            key.bit = false; // the window was empty in between
        }
        admit(key, reading);
        return List.of(sliding(key));
    }

    private Window sliding(Key key) {
        long newest = Objects.requireNonNull(key.newest).time();
        List<Reading> events = key.events.stream()
                .filter(event -> event.time() > newest - rule.size())
                .toList();
        return new Window(newest - rule.size() + 1, newest + 1, events);
    }

    private List<Window> intoSession(Key key, Reading reading, long stream) {
        if (reading.time() <= stream - rule.size() - rule.grace()) {
            late++;
            return List.of();
        }
        admit(key, reading);
        Session joined = new Session();
        for (Session session : List.copyOf(key.sessions)) {
            if (session.first() <= reading.time() + rule.size() && session.last() >= reading.time() - rule.size()) {
                key.sessions.remove(session);
                joined.events.addAll(session.events);
                joined.bit |= session.bit;
            }
        }
        joined.events.add(reading);
        key.sessions.add(joined);
        key.sessions.sort(Comparator.comparingLong(Session::first));
        return List.of(new Window(joined.first(), joined.last() + 1, joined.events));
    }

    private List<Window> intoCount(Key key, Reading reading) {
        admit(key, reading);
        return List.of(count(key));
    }

    private Window count(Key key) {
        int from = Math.max(0, key.events.size() - (int) rule.size());
        List<Reading> events = key.events.subList(from, key.events.size());
        long first = events.stream().mapToLong(Reading::time).min().orElseThrow();
        long last = events.stream().mapToLong(Reading::time).max().orElseThrow();
        return new Window(first, last + 1, List.copyOf(events));
    }

    private void look(Key key, Window window, Reading reading) {
        boolean holds = rule.holds(window.events(), reading);
        boolean fires = holds;
        if (rule.trigger() == Trigger.CROSSING) {
            fires = turn(key, window, holds);
        }
        if (fires && !isQuiet(key, reading.time())) {
            key.emitted = reading.time();
            boolean marked = rule.kind() == Kind.TUMBLING || rule.kind() == Kind.HOPPING;
            String id = reading.position() + "/random/rule" + (marked ? "@" + window.start() : "");
            say(id, reading.time(), line(key, window, reading));
        }
    }

    /** Whether having turned true. */
    private boolean turn(Key key, Window window, boolean holds) {
        boolean before;
        if (rule.kind() == Kind.SESSION) {
            Session session = key.sessions.stream()
                    .filter(one -> one.events == window.events())
                    .findFirst()
                    .orElseThrow();
            before = session.bit;
            session.bit = holds;
        } else if (rule.kind() == Kind.SLIDING || rule.kind() == Kind.COUNT) {
            before = key.bit;
            key.bit = holds;
        } else {
            before = Boolean.TRUE.equals(key.bits.put(window.start(), holds));
        }
        return holds && !before;
    }

    private void say(String id, long time, String line) {
        said.add(id + " at " + time + " " + line);
    }

    private static String line(Key key, Window window, Reading last) {
        List<Reading> events = window.events();
        Long xs = events.stream()
                .map(Reading::x)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<@Nullable Object> values = Arrays.asList(
                (long) events.size(),
                ModelRule.total(events),
                ModelRule.worst(events),
                (double) ModelRule.total(events) / events.size(),
                events.stream().filter(event -> event.n() > 5).count(),
                xs,
                last.n(),
                last.x(),
                Instant.ofEpochMilli(window.start()),
                Instant.ofEpochMilli(window.end()),
                key.text);
        return "[" + window.start() + ", " + window.end() + ") " + key.text + " " + values;
    }
}
