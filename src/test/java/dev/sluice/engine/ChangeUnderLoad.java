package dev.sluice.engine;

import dev.sluice.config.WindowsConfig;
import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.engine.StepTimes.Kind;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.Moment;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.FedRules;
import dev.sluice.ruleset.Ruleset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * The window of a rule is changed that has many keys in one task, under a steady load of events. What Kafka Streams would
 * do is left out; what a task does is done by the calling thread, step by step, and timed. The version before is fed for a
 * while, then its state is removed.
 */
public final class ChangeUnderLoad {
    private static final EventType PING =
            new EventType("Ping", List.of(new Field("k", Scalar.STRING), new Field("n", Scalar.INT)));
    private static final long BEGIN_MS = 1_767_225_600_000L;
    private static final long PRELOAD_MS = 300_000;
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long COMMIT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long KEEP_MS = 1_000;
    private static final int CACHE_KEYS = 50_000;

    /**
     * What is changed.
     *
     * @param before window and trigger of the rule, as in a rule file
     */
    public record Change(String name, String before, String after) {}

    /**
     * How much.
     *
     * @param eventsPerSecond while it is measured
     * @param fedSeconds with the version before fed; as long again without a change, and three times as long while its state
     *     is removed
     */
    public record Load(int keys, int eventsPerSecond, int fedSeconds) {}

    /**
     * What was measured.
     *
     * @param activeMs from the text of the new version, not yet compiled, to its first event
     * @param all steps of any kind, from then on
     * @param calm the same before the change
     * @param pauseMs longest pause of the collector
     */
    public record Result(
            double activeMs,
            Longest all,
            Longest calm,
            double pauseMs,
            Longest event,
            Longest tick,
            Longest commit,
            Longest change) {}

    /**
     * The longest of some steps; those under a millisecond are none.
     *
     * @param withoutPausesMs the longest when the collector's pauses are taken off each
     * @param cpuMs the most that the thread worked in one
     */
    public record Longest(double ms, double withoutPausesMs, double cpuMs) {}

    private final Load load;
    private final RuleCompiler compiler = new RuleCompiler(new EventTypes(Map.of(PING.name(), PING), Set.of()));
    private final Evaluator evaluator = new Evaluator();
    private final Random random = new Random(1);
    private final WindowStore store;
    private final StoredWindows windows;
    private RuleIndexes indexes = RuleIndexes.NONE;
    private StepTimes times = new StepTimes();
    private long eventMs = BEGIN_MS;
    private long version;

    public ChangeUnderLoad(StoreKind kind, Load load) throws IOException {
        this.load = load;
        WindowsConfig settings = new WindowsConfig(kind, CACHE_KEYS, 5_000, KEEP_MS);
        StateRecords records = kind == StoreKind.MEMORY ? new MemoryRecords("windows") : new RocksRecords("windows");
        store = new WindowStore(records, (name, context) -> (key, value) -> {});
        store.init(context().getStateStoreContext(), store);
        windows = new StoredWindows(
                store, rule -> true, settings, new StoredWindows.Surroundings(System::currentTimeMillis, sizes -> {}));
    }

    private static MockProcessorContext<byte[], byte[]> context() throws IOException {
        Path folder = Files.createTempDirectory("sluice-change");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "change");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksLimits.class.getName());
        return new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
    }

    /** The change, once. */
    public Result run(Change change) {
        Ruleset before = compiled(change.before());
        use(before, List.of());
        fill();
        flow(load.fedSeconds());
        Longest calm = times.longest();
        times.close();
        times = new StepTimes();
        long begin = System.nanoTime();
        Ruleset after = compiled(change.after());
        use(after, FedRules.of(before, after).stream().toList());
        event(random.nextInt(load.keys()));
        double activeMs = (System.nanoTime() - begin) / 1e6;
        flow(load.fedSeconds());
        use(after, List.of());
        flow(3 * load.fedSeconds());
        times.close();
        store.close();
        return new Result(
                activeMs,
                times.longest(),
                calm,
                times.longestPauseMs(),
                times.longest(Kind.EVENT),
                times.longest(Kind.TICK),
                times.longest(Kind.COMMIT),
                times.longest(Kind.CHANGE));
    }

    private Ruleset compiled(String windowAndTrigger) {
        String[] parts = windowAndTrigger.split(";", -1);
        Compilation compilation = compiler.compile("""
                ruleset: pings
                description: version %d
                rules:
                  - id: many
                    from: Ping
                    partitionBy: k
                    window: %s
                    aggregate: { c: count(), s: sum(n) }
                    having: c > 1000000
                    emit: { trigger: %s, type: Many, fields: { s: s } }
                """.formatted(++version, parts[0].strip(), parts[1].strip()));
        return new Ruleset(
                compilation
                        .definition()
                        .orElseThrow(() ->
                                new IllegalStateException(compilation.problems().toString())),
                version,
                "digest-" + version);
    }

    private void use(Ruleset ruleset, List<Ruleset> fed) {
        times.time(Kind.CHANGE, () -> {
            indexes = indexes.changed(new ActiveRulesets(Map.of(ruleset.name(), ruleset)), fed);
            windows.use(Arms.of(indexes));
        });
    }

    /** Two events of each key, over some minutes of event time. */
    private void fill() {
        for (int i = 0; i < 2 * load.keys(); i++) {
            eventMs = BEGIN_MS + PRELOAD_MS * i / (2L * load.keys());
            event(i % load.keys());
            if (i % 10_000 == 0) {
                store.flushCache();
            }
        }
        store.flushCache();
    }

    private void flow(int seconds) {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        long gapNs = TimeUnit.SECONDS.toNanos(1) / load.eventsPerSecond();
        long nextEvent = begin;
        long nextTick = begin;
        long nextCommit = begin;
        long beginMs = eventMs;
        for (long now = begin; now < end; now = System.nanoTime()) {
            if (now >= nextTick) {
                times.time(Kind.TICK, this::tick);
                nextTick = now + TICK_NS;
            } else if (now >= nextCommit) {
                times.time(Kind.COMMIT, store::flushCache);
                nextCommit = now + COMMIT_NS;
            } else if (now >= nextEvent) {
                eventMs = beginMs + TimeUnit.NANOSECONDS.toMillis(nextEvent - begin);
                times.time(Kind.EVENT, () -> event(random.nextInt(load.keys())));
                nextEvent += gapNs;
            } else {
                LockSupport.parkNanos(Math.min(nextEvent, Math.min(nextTick, nextCommit)) - now);
            }
        }
    }

    private void event(int number) {
        String key = "account-" + number;
        long streamMs = windows.advanced(eventMs);
        pass(streamMs);
        Moment moment = new Moment.At(eventMs, streamMs, key, "pings-0-1");
        evaluator.evaluate(indexes, new Ping(key, number), moment, windows);
    }

    private void tick() {
        pass(windows.streamMs());
        windows.tick();
    }

    private void pass(long streamMs) {
        windows.forEachDue(streamMs, due -> evaluator.passed(indexes, due, streamMs, windows));
    }

    private record Ping(String key, long number) implements Event {
        @Override
        public EventType type() {
            return PING;
        }

        @Override
        public @Nullable Object value(int position) {
            return position == 0 ? key : (Object) number;
        }
    }
}
