package dev.sluice.engine;

import dev.sluice.evaluation.Sample;
import dev.sluice.ruleset.StateOutcome;
import dev.sluice.ruleset.StateOutcome.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An edit of the rule {@code r}, what the report must say of its state, and how an event that the state holds at the change
 * goes on in it.
 */
record Edit(
        String name, RuleText before, RuleText after, StateOutcome outcome, Surviving surviving, Set<Limit> limits) {

    /** How an event goes on that the state holds; told with all events of its key that are held, and the time of the change. */
    interface Surviving {
        Sample as(Sample event, List<Sample> held, long changeMs);
    }

    /** What a fresh engine cannot have in the same way. */
    enum Limit {
        /** Windows that are past stay past: afterwards no event comes for a time before the change. */
        NO_STRAGGLERS,
        /** Of windows that ended before the change another grace decides when they are past. */
        LATER_ENDS,
        /** Sessions that go on may have begun earlier than a fresh engine would say. */
        OTHER_BEGINNINGS,
        /** Time makes it emit only after the change. */
        AS_IT_IS
    }

    private static final Surviving WHOLE = (event, held, changeMs) -> event;
    private static final Surviving WITHOUT_X = (event, held, changeMs) -> event.withoutX();
    private static final String AGGREGATES = "aggregates were added";
    private static final String CONDITION =
            "its window holds events that the old condition let in; `state` with another text starts clean";

    /** All twelve over {@code x}. */
    private static final Map<String, String> ADDED = new TreeMap<>(Map.ofEntries(
            Map.entry("xcount", "count(x != null)"),
            Map.entry("xsum", "sum(x)"),
            Map.entry("xmean", "avg(x)"),
            Map.entry("xleast", "min(x)"),
            Map.entry("xmost", "max(x)"),
            Map.entry("xfirst", "first(x)"),
            Map.entry("xlast", "last(x)"),
            Map.entry("xspread", "stddev(x)"),
            Map.entry("xkinds", "count_distinct(x)"),
            Map.entry("xp", "percentile(x, 75)"),
            Map.entry("xmoving", "ema(x, 0.5)"),
            Map.entry("xsome", "collect(x, 3)")));

    private static final RuleText TUMBLING = RuleText.of("tumbling: 60ms, grace: 15ms");
    private static final RuleText HOPPING = RuleText.of("hopping: 60ms, every: 20ms, grace: 15ms");
    private static final RuleText SLIDING = RuleText.of("sliding: 60ms, grace: 15ms");
    private static final RuleText STEPS = RuleText.of("sliding: 60ms, resolution: 10ms, grace: 15ms");
    private static final RuleText SESSION = RuleText.of("session: 40ms");
    private static final RuleText COUNT = RuleText.of("count: 5");

    /** Every kind of edit. */
    static Stream<Edit> all() {
        return Stream.of(ofText(), ofAggregates(), ofIdentity(), ofGrace(), sliding(), aligned(), others(), ofTrigger())
                .flatMap(edits -> edits);
    }

    private static Stream<Edit> ofText() {
        return Stream.of(TUMBLING, HOPPING, SLIDING, STEPS, SESSION, COUNT).flatMap(rule -> {
            String name = " of " + rule.parts().get("window");
            return Stream.of(
                    kept("having" + name, rule.with("having", "c >= 2"), rule.with("having", "c >= 3 || total > 20")),
                    kept("emit" + name, rule, rule.emitting("twice: total * 2, n: n")),
                    kept("condition" + name, rule, rule.with("when", "mark >= 3"), CONDITION));
        });
    }

    private static Stream<Edit> ofAggregates() {
        Stream<Edit> added = Stream.of(TUMBLING, HOPPING, SLIDING, STEPS)
                .map(rule -> later("aggregates added to", rule, rule.withAggregates(ADDED), 60, AGGREGATES)
                        .as(WITHOUT_X));
        return Stream.concat(
                added,
                Stream.of(
                        later(
                                        "aggregates added to",
                                        SESSION,
                                        SESSION.withAggregates(ADDED),
                                        0,
                                        AGGREGATES + ": exact in sessions that begin after the change")
                                .as(WITHOUT_X),
                        later(
                                        "aggregates added to",
                                        COUNT,
                                        COUNT.withAggregates(ADDED),
                                        0,
                                        AGGREGATES + ": exact after 5 further events of a key")
                                .as(WITHOUT_X),
                        later(
                                        "aggregates added, and grown",
                                        SLIDING,
                                        SLIDING.withWindow("sliding: 90ms, grace: 15ms")
                                                .withAggregates(ADDED),
                                        90,
                                        "no more than the last 60ms is kept, of 90ms; " + AGGREGATES)
                                .as(WITHOUT_X),
                        kept(
                                "aggregates removed",
                                TUMBLING,
                                TUMBLING.without("mean").without("some")),
                        kept(
                                "aggregates removed",
                                SLIDING,
                                SLIDING.without("worst").without("moving")),
                        kept(
                                "aggregate renamed",
                                HOPPING,
                                HOPPING.without("total").withAggregates(Map.of("sum_of_all", "sum(n)"))),
                        later(
                                        "argument changed",
                                        SLIDING.withAggregates(Map.of("other", "sum(n * 2)")),
                                        SLIDING.withAggregates(Map.of("other", "sum(x)")),
                                        60,
                                        AGGREGATES)
                                .as(WITHOUT_X)));
    }

    private static Stream<Edit> ofIdentity() {
        return Stream.of(
                reset("state", SLIDING, SLIDING.with("state", "anew"), "its `state` is another text"),
                reset("key", SLIDING, SLIDING.with("partitionBy", "[k, n % 2]"), "its key is k, n % 2, before k"),
                reset("from", TUMBLING, TUMBLING.with("from", "Copy"), "it reads Copy, before Reading"),
                reset("sliding to session", SLIDING, SESSION, "sliding windows cannot go on as session windows"),
                reset("session to tumbling", SESSION, TUMBLING, "session windows cannot go on as tumbling windows"),
                reset("session to count", SESSION, COUNT, "session windows cannot go on as count windows"),
                reset("hopping to count", HOPPING, COUNT, "hopping windows cannot go on as count windows"),
                reset("count to sliding", COUNT, SLIDING, "count windows cannot go on as sliding windows"),
                reset("count to session", COUNT, SESSION, "count windows cannot go on as session windows"));
    }

    private static Stream<Edit> ofGrace() {
        return Stream.of("tumbling: 60ms", "hopping: 60ms, every: 20ms", "sliding: 60ms", "session: 40ms")
                .flatMap(window -> {
                    RuleText none = RuleText.of(window);
                    RuleText some = none.withWindow(window + ", grace: 5ms");
                    RuleText more = none.withWindow(window + ", grace: 30ms");
                    return Stream.of(kept("grace grown", none, more), kept("grace shrunk", more, some))
                            .map(edit -> edit.within(Limit.NO_STRAGGLERS, Limit.LATER_ENDS));
                });
    }

    private static Stream<Edit> sliding() {
        RuleText tumbling = SLIDING.withWindow("tumbling: 90ms, grace: 15ms");
        RuleText hopping = SLIDING.withWindow("hopping: 90ms, every: 30ms, grace: 15ms");
        String lacks = "no more than the last 60ms is kept, of 90ms";
        RuleText larger = SLIDING.withWindow("sliding: 90ms, grace: 15ms");
        RuleText coarser = STEPS.withWindow("sliding: 60ms, resolution: 20ms, grace: 15ms");
        return Stream.of(
                kept("sliding shrunk", SLIDING, SLIDING.withWindow("sliding: 40ms, grace: 15ms")),
                later("sliding grown", SLIDING, larger, 30, lacks),
                kept(
                        "condition and window",
                        SLIDING,
                        SLIDING.withWindow("sliding: 40ms, grace: 15ms").with("when", "mark >= 3"),
                        CONDITION),
                kept("sliding to tumbling", SLIDING, TUMBLING),
                kept("sliding to hopping", SLIDING, HOPPING),
                later("sliding to larger tumbling", SLIDING, tumbling, 30, lacks),
                later("sliding to larger hopping", SLIDING, hopping, 30, lacks),
                kept("resolution added", SLIDING, STEPS),
                kept("resolution multiplied", STEPS, coarser),
                cut("resolution removed", STEPS, SLIDING, new Cut(10, 60)).as(inSteps(10)),
                cut("resolution finer", coarser, STEPS, new Cut(20, 60)).as(inSteps(20)));
    }

    private static Stream<Edit> aligned() {
        RuleText half = TUMBLING.withWindow("tumbling: 30ms, grace: 15ms");
        RuleText fine = HOPPING.withWindow("hopping: 60ms, every: 10ms, grace: 15ms");
        RuleText small = HOPPING.withWindow("hopping: 40ms, every: 20ms, grace: 15ms");
        RuleText large = HOPPING.withWindow("hopping: 80ms, every: 20ms, grace: 15ms");
        RuleText odd = HOPPING.withWindow("hopping: 90ms, every: 30ms, grace: 15ms");
        String atHand = "no more than the window at hand is kept, of ";
        return Stream.of(
                later("tumbling grown", half, TUMBLING, 60, atHand + "60ms"),
                cut("tumbling shrunk", TUMBLING, half, new Cut(60, 30)).as(inPanes(60)),
                later("tumbling to hopping that fits", half, odd, 90, atHand + "90ms"),
                cut("tumbling to hopping", TUMBLING, HOPPING, new Cut(60, 60)).as(inPanes(60)),
                cut("tumbling to sliding", TUMBLING, SLIDING, new Cut(60, 60)).as(inPanes(60)),
                later("hopping to tumbling", HOPPING, TUMBLING, 20, "no more than the last 40ms is kept, of 60ms"),
                kept("hopping to smaller tumbling", HOPPING, HOPPING.withWindow("tumbling: 40ms, grace: 15ms")),
                cut("hopping to sliding", HOPPING, SLIDING, new Cut(20, 60)).as(inPanes(20)),
                later("slide grown", fine, HOPPING, 10, "no more than the last 50ms is kept, of 60ms"),
                cut("slide shrunk", HOPPING, fine, new Cut(20, 60)).as(inPanes(20)),
                kept("hopping shrunk", HOPPING, small),
                later("hopping grown", HOPPING, large, 40, "no more than the last 40ms is kept, of 80ms"),
                cut("slide that does not fit", HOPPING, odd, new Cut(20, 90)).as(inPanes(20)));
    }

    private static Stream<Edit> others() {
        return Stream.of(
                later(
                        "gap grown",
                        SESSION.withWindow("session: 40ms, grace: 15ms"),
                        SESSION.withWindow("session: 60ms, grace: 15ms"),
                        60,
                        "the gap grew: sessions that were dropped before could belong to new ones"),
                later(
                                "gap shrunk",
                                SESSION.withoutOrder(),
                                SESSION.withoutOrder().withWindow("session: 10ms"),
                                0,
                                "the gap shrank: exact in sessions that begin after the change")
                        .as((event, held, changeMs) -> event.at(changeMs - (changeMs - event.time()) / 4))
                        .within(Limit.NO_STRAGGLERS, Limit.OTHER_BEGINNINGS, Limit.AS_IT_IS),
                later("count grown", COUNT, COUNT.withWindow("count: 8"), 0, "exact after 8 further events of a key"),
                kept("count shrunk", COUNT, COUNT.withWindow("count: 3")));
    }

    private static Stream<Edit> ofTrigger() {
        return Stream.of(
                kept("each to close", TUMBLING, TUMBLING.with("trigger", "close"))
                        .within(Limit.AS_IT_IS),
                kept("close to each", HOPPING.with("trigger", "close"), HOPPING).within(Limit.AS_IT_IS),
                kept(
                                "each to missing",
                                SLIDING,
                                SLIDING.with("trigger", "missing").with("after", "30ms"))
                        .within(Limit.AS_IT_IS),
                kept("missing to each", COUNT.with("trigger", "missing").with("after", "30ms"), COUNT)
                        .within(Limit.AS_IT_IS),
                kept("crossing to each", SESSION.with("trigger", "crossing"), SESSION)
                        .within(Limit.AS_IT_IS),
                later(
                                "each to close with a field of",
                                TUMBLING.emitting("x: x"),
                                TUMBLING.emitting("x: x").with("trigger", "close"),
                                60,
                                AGGREGATES)
                        .as(WITHOUT_X)
                        // To a fresh engine a null of an old event is the field's value, and an older event after the
                        // change is no newer one: StateAfterEditTest has that case.
                        .within(Limit.NO_STRAGGLERS, Limit.AS_IT_IS));
    }

    /** The edits under each trigger that goes with their windows: {@code close} where windows end. */
    static Stream<Edit> underEachTrigger() {
        return all().flatMap(edit -> edit.ends() ? Stream.of(edit, edit.atClose()) : Stream.of(edit));
    }

    private boolean ends() {
        return !limits.contains(Limit.AS_IT_IS) && ends(before) && ends(after);
    }

    private static boolean ends(RuleText rule) {
        String window = rule.parts().getOrDefault("window", "");
        return !window.contains("sliding")
                && !window.contains("count")
                && !rule.parts().containsKey("fields");
    }

    private Edit atClose() {
        return new Edit(
                name + ", at close",
                before.with("trigger", "close"),
                after.with("trigger", "close"),
                outcome,
                surviving,
                limits);
    }

    private static Edit kept(String name, RuleText before, RuleText after) {
        return kept(name, before, after, "");
    }

    private static Edit kept(String name, RuleText before, RuleText after, String reason) {
        return edit(name, before, after, new StateOutcome("r", Kind.KEPT, 0, reason));
    }

    private static Edit later(String name, RuleText before, RuleText after, long exactAfterMs, String reason) {
        return edit(name, before, after, new StateOutcome("r", Kind.PARTLY, exactAfterMs, reason));
    }

    /** Panes that do not fit: what is in them goes on as at one time, so the order of events is lost. */
    private static Edit cut(String name, RuleText before, RuleText after, Cut cut) {
        String reason = "events are kept by " + cut.paneMs() + "ms, which the windows cut in two";
        return later(name, before.withoutOrder(), after.withoutOrder(), cut.exactAfterMs(), reason);
    }

    private record Cut(long paneMs, long exactAfterMs) {}

    private static Edit reset(String name, RuleText before, RuleText after, String reason) {
        return edit(name, before, after, new StateOutcome("r", Kind.RESET, 0, reason));
    }

    private static Edit edit(String name, RuleText before, RuleText after, StateOutcome outcome) {
        String window = before.parts().get("window");
        return new Edit(
                name.endsWith("to") || name.endsWith("of") ? name + " " + window : name,
                before,
                after,
                outcome,
                WHOLE,
                EnumSet.noneOf(Limit.class));
    }

    private Edit as(Surviving other) {
        return new Edit(name, before, after, outcome, other, limits);
    }

    private Edit within(Limit... more) {
        return new Edit(name, before, after, outcome, surviving, Set.of(more));
    }

    /** Where panes are cut their events are counted where the pane starts. */
    private static Surviving inPanes(long paneMs) {
        return (event, held, changeMs) -> event.at(Math.floorDiv(event.time(), paneMs) * paneMs);
    }

    /** Events of one step go on as at the time of the youngest. */
    private static Surviving inSteps(long stepMs) {
        return (event, held, changeMs) -> event.at(held.stream()
                .mapToLong(Sample::time)
                .filter(time -> Math.floorDiv(time, stepMs) == Math.floorDiv(event.time(), stepMs))
                .max()
                .orElseThrow());
    }

    @Override
    public String toString() {
        return name;
    }
}
