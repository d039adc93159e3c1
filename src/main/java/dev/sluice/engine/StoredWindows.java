package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.config.WindowsConfig;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Due;
import dev.sluice.evaluation.GroupKey;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Windowing;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.KeyState;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The windows of one task under the current rules: their states, stream time, and which of them time alone makes speak.
 *
 * <p>Confined to the task's thread. Where stream time goes on with the wall clock, it is only as far as a window ends by it.
 */
final class StoredWindows implements TaskWindows {

    /**
     * What windows need of the task that they are in.
     *
     * @param figures told now and then how much state there is
     */
    record Surroundings(LongSupplier wallClockMs, Consumer<List<WindowSize>> figures) {}

    /** A task that has all events of a key of every rule it is asked about, or of none: those are handed over. */
    static final Predicate<CompiledRule> NONE_AT_HOME = rule -> false;

    private static final long TELL_EVERY_MS = 1_000;

    /** A window's end takes no longer at once. */
    private static final long DUE_LIMIT_NS = 10_000_000;

    private final StateTable table;
    private final Predicate<CompiledRule> home;
    private final LongSupplier wallClockMs;
    private final Consumer<List<WindowSize>> figures;
    private final DueTimes dueTimes = new DueTimes();
    private final List<HotState> unsettled = new ArrayList<>();
    private final Sweep sweep;
    private IdentityHashMap<CompiledRule, OwnedStates> byRule = new IdentityHashMap<>();
    private final StreamTime time;
    private Arms arms = Arms.NONE;
    /** Whether a state is due of which the rule is set apart. It stands in the index no more, or time would wait for it. */
    private boolean isWaiting;

    private long toldMs;

    /**
     * The windows that the store holds, and those to come.
     *
     * @param home rules of which the task has all events of a key
     */
    StoredWindows(WindowStore store, Predicate<CompiledRule> home, WindowsConfig settings, Surroundings surroundings) {
        this.table = new StateTable(store, settings);
        this.home = home;
        this.wallClockMs = surroundings.wallClockMs();
        this.figures = surroundings.figures();
        this.sweep = new Sweep(table, store, dueTimes, settings.keepStateOfPreviousMs());
        this.time = new StreamTime(table, settings.idleCloseMs(), wallClockMs);
    }

    /**
     * The rules of which one task of a topic has all events of a key: those that read the topic's events and take the key by
     * which they are partitioned. A rule that reads what others emit may have to look at events of several topics.
     */
    static Predicate<CompiledRule> homeOf(EventTopic topic) {
        return rule -> {
            Windowing windowing = rule.windowing();
            if (windowing == null || !rule.from().equals(topic.eventType())) {
                return false;
            }
            List<Expression> key = windowing.partitionBy();
            return key.isEmpty() || (key.size() == 1 && key.get(0).source().equals(topic.keyField()));
        };
    }

    @Override
    public void use(Arms next) {
        arms = next;
        byRule = new IdentityHashMap<>();
        boolean isDueAnew = table.use(next, this, wallClockMs.getAsLong()) || isWaiting;
        isWaiting = false;
        if (isDueAnew) {
            table.forgetDueTimes(this::unsettle);
            table.forEachUnwritten((after, key) -> dueTimes.add(Long.MIN_VALUE, after, key));
            sweep.restart();
        }
    }

    @Override
    public long advanced(long eventMs) {
        table.trim();
        return time.advanced(eventMs);
    }

    @Override
    public long heard(SourceMark mark) {
        table.trim();
        return time.heard(mark);
    }

    @Override
    public long streamMs() {
        return time.nowMs();
    }

    @Override
    public long settledMs() {
        settle();
        long reachedMs = time.reachedMs();
        return dueTimes.firstMs() > reachedMs ? reachedMs : dueTimes.firstMs() - 1;
    }

    @Override
    public boolean isHome(CompiledRule rule) {
        return home.test(rule);
    }

    @Override
    public int weight(Arms.Rollout rollout, long windowStartMs) {
        return table.steps().weight(rollout, windowStartMs);
    }

    @Override
    public KeyState of(Ruleset ruleset, CompiledRule rule, GroupKey key) {
        OwnedStates owned = byRule.get(rule);
        if (owned == null) {
            owned = table.owned(ruleset, rule);
            byRule.put(rule, owned);
        }
        if (!owned.after().isEmpty()) {
            table.handOn(owned, key).forEach(this::unsettle);
        }
        HotState hot = table.of(owned, key);
        if (owned.isTimed()) {
            unsettle(hot);
        }
        return hot.state;
    }

    private void unsettle(HotState hot) {
        if (!hot.isUnsettled) {
            hot.isUnsettled = true;
            unsettled.add(hot);
        }
    }

    /** Sees that each state that changed stands in the index at the time it is due, or earlier. */
    private void settle() {
        for (HotState hot : unsettled) {
            hot.isUnsettled = false;
            if (hot.owned.isTimed()) {
                dueTimes.add(hot, hot.dueMs());
            }
        }
        unsettled.clear();
    }

    @Override
    public void forEachDue(long untilMs, Consumer<Due> visitor) {
        settle();
        long begin = dueTimes.firstMs() <= untilMs ? System.nanoTime() : 0;
        while (dueTimes.firstMs() <= untilMs) {
            DueTimes.Ref ref = dueTimes.poll();
            if (ref != null && ref.owned().isTimed()) {
                visitUnlessWaiting(ref, untilMs, visitor);
            }
            table.trim();
            if (System.nanoTime() - begin > DUE_LIMIT_NS) {
                return;
            }
        }
    }

    private void visitUnlessWaiting(DueTimes.Ref ref, long untilMs, Consumer<Due> visitor) {
        if (arms.isWaiting(ref.owned().rule())) {
            isWaiting = true;
        } else {
            visitDue(ref, untilMs, visitor);
        }
    }

    private void visitDue(DueTimes.Ref ref, long untilMs, Consumer<Due> visitor) {
        OwnedStates owned = ref.owned();
        HotState hot = table.find(owned, StateKey.group(ref.key()));
        if (hot == null) {
            return;
        }
        if (hot.dueMs() <= untilMs) {
            table.handOn(owned, hot.key).forEach(after -> dueTimes.add(after, after.dueMs()));
            visit(hot, untilMs, visitor);
        }
        hot.indexedMs = Long.MAX_VALUE;
        dueTimes.add(hot, hot.dueMs());
    }

    private void visit(HotState hot, long untilMs, Consumer<Due> visitor) {
        OwnedStates owned = hot.owned;
        if (owned.isOfEnds()) {
            // Told to the world as ended: an event that comes for such a window now is late.
            time.moveTo(untilMs);
        }
        table.change(hot);
        visitor.accept(new Due(owned.ruleset(), owned.rule(), hot.key, hot.state));
        if (hot.dueMs() <= untilMs) {
            throw new IllegalStateException("a state of rule " + owned.rule().id() + " was seen to and is due still");
        }
    }

    @Override
    public void tick() {
        long nowMs = wallClockMs.getAsLong();
        sweep.step(time.reachedMs(), nowMs);
        if (nowMs - toldMs >= TELL_EVERY_MS) {
            toldMs = nowMs;
            figures.accept(table.sizes());
        }
    }

    @Override
    public void close() {
        figures.accept(List.of());
    }
}
