package dev.sluice.rule.compile;

import dev.sluice.rule.Windowing.Late;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.window.Window;
import dev.sluice.window.WindowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of a rule that have to do with windows. */
final class WindowedReader {
    static final List<String> KEYS = List.of("partitionBy", "window", "aggregate", "having", "state");
    static final int AGGREGATES_MAX = 100;
    static final int KEY_PARTS_MAX = 10;
    private static final int RESET_LENGTH_MAX = 100;
    private static final WindowReader.Reading NONE =
            new WindowReader.Reading(new Window(new WindowSpec.Sliding(1, 0), 0), Late.COUNTED, "");

    private final Problems problems;
    private final Names names;
    private final WindowReader windows;
    private final TriggerReader triggers;

    WindowedReader(Problems problems) {
        this.problems = problems;
        this.names = new Names(problems);
        this.windows = new WindowReader(problems);
        this.triggers = new TriggerReader(problems);
    }

    private static void addPlaces(List<String> sought, Mapping keys, List<Place> places) {
        for (String key : sought) {
            if (keys.has(key)) {
                places.add(keys.keyPlace(key));
            }
        }
    }

    /** Null when the rule has no such keys. What is wrong goes to the problems, and something else stands in its place. */
    @Nullable Windowed read(Mapping keys, @Nullable Mapping emit, @Nullable String rule) {
        List<Place> places = new ArrayList<>();
        addPlaces(KEYS, keys, places);
        if (emit != null) {
            addPlaces(TriggerReader.KEYS, emit, places);
        }
        if (places.isEmpty()) {
            return null;
        }
        Trigger trigger = emit == null ? new Trigger.Crossing(0) : triggers.read(emit, rule);
        WindowReader.Reading window = window(keys, trigger, rule);
        if (window == null) {
            refuse(keys, emit, rule);
            window = NONE;
        } else if (emit != null && trigger instanceof Trigger.Close && keys.has("window")) {
            refuseEndless(window.window().spec(), emit, rule);
        }
        String reset = reset(keys, rule);
        List<Located> partitionBy = partitionBy(keys, rule);
        Map<String, Located> aggregates = aggregates(keys.optionalMapping("aggregate", "`aggregate`"), rule);
        Located having = keys.optional("having");
        Map<String, String> definition = new HashMap<>();
        put(definition, "window", window.text());
        put(definition, "state", reset);
        put(definition, "partitionBy", partitionBy.stream().map(Located::text).collect(Collectors.joining(", ")));
        put(definition, "having", having == null ? "" : having.text());
        aggregates.forEach((name, text) -> put(definition, "aggregate." + name, text.text()));
        TriggerReader.KEYS.forEach(key -> {
            Located text = emit == null ? null : emit.optionalQuietly(key);
            put(definition, "emit." + key, text == null ? "" : text.text());
        });
        return new Windowed(
                new Windowed.Settings(window.window(), window.late(), trigger, reset, definition),
                places.stream().min(Place::compareTo).orElseThrow(),
                partitionBy,
                aggregates,
                having);
    }

    private static void put(Map<String, String> definition, String path, String text) {
        if (!text.isEmpty()) {
            definition.put(path, text);
        }
    }

    /** Null when there is none, and none can be told from the trigger. */
    private WindowReader.@Nullable Reading window(Mapping keys, Trigger trigger, @Nullable String rule) {
        if (keys.has("window")) {
            Mapping window = keys.mapping("window", "`window`");
            return window == null ? NONE : windows.read(window, rule);
        }
        return trigger instanceof Trigger.Missing missing
                ? new WindowReader.Reading(
                        new Window(new WindowSpec.Sliding(missing.silenceMs(), 0), 0), Late.COUNTED, "")
                : null;
    }

    private void refuse(Mapping keys, @Nullable Mapping emit, @Nullable String rule) {
        for (String key : KEYS) {
            if (keys.has(key)) {
                refuse(keys.keyPlace(key), key, rule);
            }
        }
        for (String key : List.of("trigger", "cooldown")) {
            if (emit != null && emit.has(key)) {
                refuse(emit.keyPlace(key), key, rule);
            }
        }
    }

    private void refuse(Place place, String key, @Nullable String rule) {
        problems.error(
                place,
                "needs-window",
                rule,
                "`" + key + "` is for rules with a window; add one such as `window: { sliding: 1h }`, or remove it");
    }

    private void refuseEndless(WindowSpec spec, Mapping emit, @Nullable String rule) {
        if (spec instanceof WindowSpec.Sliding || spec instanceof WindowSpec.Count) {
            problems.error(
                    emit.keyPlace("trigger"),
                    "window-conflict",
                    rule,
                    "a " + (spec instanceof WindowSpec.Count ? "count" : "sliding")
                            + " window goes on and never closes; use a tumbling, hopping or session window, or another"
                            + " trigger");
        }
    }

    private String reset(Mapping keys, @Nullable String rule) {
        Located state = keys.optional("state");
        if (state == null) {
            return "";
        }
        if (state.text().length() > RESET_LENGTH_MAX) {
            problems.error(
                    state.place(),
                    "too-large",
                    rule,
                    "`state` is longer than " + RESET_LENGTH_MAX + " characters; any short text does");
        }
        return state.text();
    }

    private List<Located> partitionBy(Mapping keys, @Nullable String rule) {
        List<Located> parts = keys.texts("partitionBy");
        if (parts.size() > KEY_PARTS_MAX) {
            problems.error(
                    keys.valuePlace("partitionBy"),
                    "too-large",
                    rule,
                    "`partitionBy` has more than " + KEY_PARTS_MAX + " parts; join some of them in one expression");
        }
        return parts;
    }

    private Map<String, Located> aggregates(@Nullable Mapping entries, @Nullable String rule) {
        Map<String, Located> aggregates = new LinkedHashMap<>();
        if (entries == null) {
            return aggregates;
        }
        if (entries.keys().size() > AGGREGATES_MAX) {
            problems.error(
                    entries.place(),
                    "too-large",
                    rule,
                    "a rule has at most " + AGGREGATES_MAX + " aggregates; split the rule");
        }
        for (String name : entries.keys()) {
            Located text = entries.optional(name);
            if (Windowed.OF_WINDOW.contains(name)) {
                problems.error(
                        entries.keyPlace(name),
                        "ambiguous-name",
                        rule,
                        "`" + name + "` is a name of the window itself; give the aggregate another name");
            } else if (names.allowsInExpressions(name, entries.keyPlace(name), new Names.Use("an aggregate", rule))
                    && text != null) {
                aggregates.put(name, text);
            }
        }
        return aggregates;
    }
}
