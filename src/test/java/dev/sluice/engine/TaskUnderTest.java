package dev.sluice.engine;

import dev.sluice.config.WindowsConfig;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Due;
import dev.sluice.evaluation.GroupKey;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.KeyState;
import dev.sluice.window.Values;
import dev.sluice.window.WindowView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.jspecify.annotations.Nullable;

/** The windows of one task over a store in memory, with a changelog that outlives it and a clock that is set by hand. */
final class TaskUnderTest {
    private static final Values ONE_EVENT = number -> true;

    /** What a restart finds: the last value of each key. */
    final Map<Bytes, byte[]> changelog = new TreeMap<>();

    private Map<Bytes, byte[]> committed = new TreeMap<>();
    final List<WindowSize> sizes = new ArrayList<>();
    /** What was due of keys when their next event came. */
    private final List<String> seenFirst = new ArrayList<>();

    private final WindowsConfig settings;
    long nowMs = 1_000_000;
    int writes;
    WindowStore store;
    StoredWindows windows;
    private RuleIndexes indexes = RuleIndexes.NONE;
    private Arms arms = Arms.NONE;
    private final Predicate<CompiledRule> home;

    TaskUnderTest(int cacheKeys) {
        this(new WindowsConfig(WindowsConfig.StoreKind.MEMORY, cacheKeys, 5_000, 60_000));
    }

    TaskUnderTest(WindowsConfig settings) {
        this(settings, rule -> true);
    }

    /** @param home rules of which the task has all events of a key */
    TaskUnderTest(WindowsConfig settings, Predicate<CompiledRule> home) {
        this.settings = settings;
        this.home = home;
        open();
    }

    private void open() {
        MemoryRecords records = new MemoryRecords("windows");
        changelog.forEach(records::put);
        store = new WindowStore(records, (name, context) -> this::write);
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        windows = new StoredWindows(store, home, settings, new StoredWindows.Surroundings(() -> nowMs, told -> {
            sizes.clear();
            sizes.addAll(told);
        }));
        windows.use(arms);
    }

    private void write(Bytes key, byte @Nullable [] value) {
        writes++;
        if (value == null) {
            changelog.remove(key);
        } else {
            changelog.put(key, value);
        }
    }

    void use(Ruleset... rulesets) {
        use(WindowedRules.active(rulesets));
    }

    void use(RuleIndexes next) {
        indexes = next;
        use(Arms.of(indexes));
    }

    void use(Arms next) {
        arms = next;
        windows.use(next);
    }

    /** Two versions of a ruleset: one in force, one fed. */
    void useFeeding(Ruleset fed, Ruleset inForce) {
        use(indexes.changed(new ActiveRulesets(Map.of(inForce.name(), inForce)), List.of(fed)));
    }

    void commit() {
        store.flushCache();
        committed = new TreeMap<>(changelog);
    }

    /** Begins anew with what was last committed. */
    void crash() {
        changelog.clear();
        changelog.putAll(committed);
        open();
    }

    /** Commits and begins anew with what the changelog has. */
    void restart() {
        commit();
        open();
    }

    /** An event, then the windows that end by it. Counts of the windows that hold it; none for a late one. */
    List<Long> event(Ruleset ruleset, String rule, long timeMs, @Nullable Object... key) {
        CompiledRule compiled = ruleset.rules().stream()
                .filter(each -> each.id().equals(rule))
                .findFirst()
                .orElseThrow();
        long streamMs = windows.advanced(timeMs);
        KeyState state = windows.of(ruleset, compiled, new GroupKey(Arrays.asList(key)));
        if (state.newestMs() != Long.MIN_VALUE && Due.atMs(compiled.windowing(), state) <= streamMs) {
            show(new Due(ruleset, compiled, new GroupKey(Arrays.asList(key)), state), streamMs, seenFirst);
        }
        List<Long> counts = new ArrayList<>();
        if (state.add(timeMs, streamMs, ONE_EVENT) == KeyState.Admission.ADMITTED) {
            state.setNote("at-" + timeMs);
            state.visitTouched(view -> counts.add(count(view)));
        }
        return counts;
    }

    /** What is due, as RULE KEY START COUNT for windows that end, RULE KEY silent for silences. */
    List<String> due() {
        List<String> shown = new ArrayList<>(seenFirst);
        seenFirst.clear();
        long streamMs = windows.streamMs();
        windows.forEachDue(streamMs, due -> show(due, streamMs, shown));
        return shown;
    }

    private static void show(Due due, long streamMs, List<String> shown) {
        String name = due.rule().id() + " " + due.key().text() + " ";
        if (due.rule().windowing().trigger() instanceof Trigger.Missing) {
            shown.add(name + "silent");
            due.state().setNote("!" + due.state().note());
        } else {
            due.state().visitClosed(streamMs, view -> shown.add(name + view.startMs() + " " + count(view)));
        }
    }

    /** Time passes on the wall clock, with what a task does now and then. */
    List<String> pass(long ms) {
        nowMs += ms;
        List<String> shown = due();
        sweep();
        return shown;
    }

    /** Ticks until a round of the sweep must be over, however slow the machine. */
    void sweep() {
        for (int i = 0; i < 100; i++) {
            windows.tick();
        }
    }

    private static long count(WindowView view) {
        return (Long) view.value(0);
    }
}
