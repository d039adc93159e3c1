package dev.sluice.evaluation;

import dev.sluice.evaluation.ModelRule.Kind;
import dev.sluice.evaluation.ModelRule.Trigger;
import java.time.Instant;
import java.util.ArrayList;
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
public final class WindowModel {
    private final ModelRule rule;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final List<Emission> said = new ArrayList<>();
    private int late;

    public WindowModel(ModelRule rule) {
        this.rule = rule;
    }

    /** One key. */
    private static final class Key {
        final String text;
        final List<Sample> events = new ArrayList<>();
        /** Of tumbling and hopping windows: those that an event is in. */
        final Map<Sample, Set<Long>> starts = new HashMap<>();

        /** Of sliding windows by steps: the events of the window. */
        final List<Sample> steps = new ArrayList<>();

        final List<Session> sessions = new ArrayList<>();
        final Map<Long, Boolean> bits = new HashMap<>();
        final Set<Long> ended = new HashSet<>();
        boolean bit;
        boolean reported;
        long emitted = Long.MIN_VALUE;

        @Nullable Sample newest;

        Key(String text) {
            this.text = text;
        }
    }

    private static final class Session {
        final List<Sample> events = new ArrayList<>();
        boolean bit;

        long first() {
            return events.stream().mapToLong(Sample::time).min().orElseThrow();
        }

        long last() {
            return events.stream().mapToLong(Sample::time).max().orElseThrow();
        }
    }

    private record Window(long start, long end, List<Sample> events) {
        Sample newest() {
            return events.stream()
                    .max(Comparator.comparingLong(Sample::time).thenComparingInt(Sample::arrival))
                    .orElseThrow();
        }
    }

    /** What was said since the last time. */
    public List<Emission> take() {
        List<Emission> taken = new ArrayList<>(said);
        said.clear();
        return taken;
    }

    public int late() {
        return late;
    }

    public void pass(long stream) {
        keys.values().forEach(key -> pass(key, stream));
    }

    private void pass(Key key, long stream) {
        if (rule.speech().trigger() == Trigger.MISSING) {
            silence(key, stream);
        }
        if (rule.span().kind() == Kind.SESSION) {
            for (Session session : List.copyOf(key.sessions)) {
                if (session.last() + rule.span().size() + rule.span().grace() < stream) {
                    key.sessions.remove(session);
                    end(key, new Window(session.first(), session.last() + 1, session.events));
                }
            }
        } else if (rule.speech().trigger() == Trigger.CLOSE
                && rule.span().kind().isAligned()) {
            key.starts.values().stream()
                    .flatMap(Set::stream)
                    .distinct()
                    .sorted()
                    .forEach(start -> {
                        if (start + rule.span().size() + rule.span().grace() <= stream && key.ended.add(start)) {
                            end(key, aligned(key, start));
                        }
                    });
        }
    }

    private void end(Key key, Window window) {
        Sample last = window.newest();
        boolean isDue = rule.speech().trigger() == Trigger.CLOSE && rule.holds(window.events(), last);
        if (isDue && !isQuiet(key, window.end())) {
            key.emitted = window.end();
            say(key, window, last, place() + "/" + key.text + "@" + window.start(), window.end() - 1);
        }
    }

    private void silence(Key key, long stream) {
        Sample newest = key.newest;
        if (newest == null || key.reported || newest.time() + ModelRule.SILENCE > stream) {
            return;
        }
        key.reported = true;
        long time = newest.time() + ModelRule.SILENCE;
        Window window = rule.span().kind() == Kind.COUNT ? count(key) : sliding(key);
        if (rule.holds(window.events(), window.newest()) && !isQuiet(key, time)) {
            key.emitted = time;
            say(key, window, window.newest(), place() + "/" + key.text + "@" + newest.time(), time);
        }
    }

    private boolean isQuiet(Key key, long time) {
        return rule.speech().cooldown() > 0
                && key.emitted != Long.MIN_VALUE
                && time < key.emitted + rule.speech().cooldown();
    }

    /** An event that meets the rule's condition. */
    public void event(Sample reading, long stream) {
        StringJoiner text = new StringJoiner("|");
        rule.keyOf(reading).forEach(value -> text.add(Objects.toString(value)));
        Key key = keys.computeIfAbsent(text.toString(), Key::new);
        List<Window> touched = switch (rule.span().kind()) {
            case TUMBLING -> intoAligned(key, reading, stream, rule.span().size());
            case HOPPING -> intoAligned(key, reading, stream, rule.span().step());
            case SLIDING, SLIDING_BY_STEPS -> intoSliding(key, reading, stream);
            case SESSION -> intoSession(key, reading, stream);
            case COUNT -> intoCount(key, reading);
        };
        if (rule.speech().trigger() == Trigger.CROSSING || rule.speech().trigger() == Trigger.EACH) {
            touched.forEach(window -> look(key, window, reading));
        }
    }

    private void admit(Key key, Sample reading) {
        key.events.add(reading);
        if (key.newest == null || reading.time() >= key.newest.time()) {
            key.newest = reading;
            key.reported = false;
        }
    }

    private List<Window> intoAligned(Key key, Sample reading, long stream, long every) {
        List<Long> open = new ArrayList<>();
        for (long start = Math.floorDiv(reading.time(), every) * every;
                start > reading.time() - rule.span().size();
                start -= every) {
            if (start + rule.span().size() + rule.span().grace() > stream) {
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
        List<Sample> events = key.events.stream()
                .filter(event -> Objects.requireNonNull(key.starts.get(event)).contains(start))
                .toList();
        return new Window(start, start + rule.span().size(), events);
    }

    private List<Window> intoSliding(Key key, Sample reading, long stream) {
        if (reading.time() <= stream - rule.span().size() - rule.span().grace()) {
            late++;
            return List.of();
        }
        Sample before = key.newest;
        if (before != null && reading.time() <= before.time() - rule.span().size()) {
            return List.of();
        }
        if (before != null && reading.time() - rule.span().size() >= before.time()) {
            key.bit = false; // the window was empty in between
        }
        admit(key, reading);
        leaveBySteps(key, reading);
        return List.of(sliding(key));
    }

    /** Events of one step stay until the youngest of them leaves. */
    private void leaveBySteps(Key key, Sample reading) {
        long from = Objects.requireNonNull(key.newest).time() - rule.span().size();
        List<Sample> before = List.copyOf(key.steps);
        key.steps.removeIf(event -> before.stream()
                .filter(other -> stepOf(other) == stepOf(event))
                .allMatch(other -> other.time() <= from));
        key.steps.add(reading);
    }

    private long stepOf(Sample reading) {
        return Math.floorDiv(reading.time(), rule.span().step());
    }

    private Window sliding(Key key) {
        long newest = Objects.requireNonNull(key.newest).time();
        List<Sample> events = rule.span().kind() == Kind.SLIDING_BY_STEPS
                ? List.copyOf(key.steps)
                : key.events.stream()
                        .filter(event -> event.time() > newest - rule.span().size())
                        .toList();
        return new Window(newest - rule.span().size() + 1, newest + 1, events);
    }

    private List<Window> intoSession(Key key, Sample reading, long stream) {
        if (reading.time() <= stream - rule.span().size() - rule.span().grace()) {
            late++;
            return List.of();
        }
        admit(key, reading);
        Session joined = new Session();
        for (Session session : List.copyOf(key.sessions)) {
            if (session.first() <= reading.time() + rule.span().size()
                    && session.last() >= reading.time() - rule.span().size()) {
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

    private List<Window> intoCount(Key key, Sample reading) {
        admit(key, reading);
        return List.of(count(key));
    }

    private Window count(Key key) {
        int from = Math.max(0, key.events.size() - (int) rule.span().size());
        List<Sample> events = key.events.subList(from, key.events.size());
        long first = events.stream().mapToLong(Sample::time).min().orElseThrow();
        long last = events.stream().mapToLong(Sample::time).max().orElseThrow();
        return new Window(first, last + 1, List.copyOf(events));
    }

    private void look(Key key, Window window, Sample reading) {
        boolean holds = rule.holds(window.events(), reading);
        boolean fires = holds;
        if (rule.speech().trigger() == Trigger.CROSSING) {
            fires = turn(key, window, holds);
        }
        if (fires && !isQuiet(key, reading.time())) {
            key.emitted = reading.time();
            String mark = rule.span().kind().isAligned() ? "@" + window.start() : "";
            say(key, window, reading, reading.position() + "/" + place() + mark, reading.time());
        }
    }

    /** Whether having turned true. */
    private boolean turn(Key key, Window window, boolean holds) {
        boolean before;
        if (rule.span().kind() == Kind.SESSION) {
            Session session = key.sessions.stream()
                    .filter(one -> one.events == window.events())
                    .findFirst()
                    .orElseThrow();
            before = session.bit;
            session.bit = holds;
        } else if (rule.span().kind() != Kind.TUMBLING && rule.span().kind() != Kind.HOPPING) {
            before = key.bit;
            key.bit = holds;
        } else {
            before = Boolean.TRUE.equals(key.bits.put(window.start(), holds));
        }
        return holds && !before;
    }

    private String place() {
        return ModelRule.RULESET + "/" + rule.id();
    }

    private void say(Key key, Window window, Sample last, String id, long time) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(ModelRule.results(window.events()));
        fields.put("n", last.n());
        fields.put("x", last.x());
        fields.put("start", Instant.ofEpochMilli(window.start()));
        fields.put("end", Instant.ofEpochMilli(window.end()));
        fields.put("key", key.text);
        said.add(new Emission(id, time, new Emission.Span(window.start(), window.end()), key.text, fields));
    }
}
