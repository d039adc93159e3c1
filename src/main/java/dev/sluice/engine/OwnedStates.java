package dev.sluice.engine;

import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Due;
import dev.sluice.evaluation.GroupKey;
import dev.sluice.evaluation.Windows;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.ByteIn;
import dev.sluice.window.ByteOut;
import dev.sluice.window.KeyState;
import dev.sluice.window.StateShape;
import dev.sluice.window.WindowSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The states of one owner on one task: the rule that uses them now, what is at hand of them as objects, and how many there
 * are. Confined to the task's thread.
 */
final class OwnedStates {
    private static final int FORMAT = 1;

    /** Who uses them. */
    private enum Use {
        /** Nobody, before the first rule. */
        NEW,
        IN_FORCE,
        FED,
        /** Nobody any more. */
        GONE
    }

    private static final Windows NOWHERE = new Windows() {
        @Override
        public boolean isHome(CompiledRule rule) {
            throw new IllegalStateException("no task uses the states of rule " + rule.id());
        }

        @Override
        public KeyState of(Ruleset ruleset, CompiledRule rule, GroupKey key) {
            throw new IllegalStateException("no task uses the states of rule " + rule.id());
        }
    };

    final StateOwner owner;
    final long hash;
    final HotStates hot = new HotStates();
    /** What is known of the records. */
    final StateCount count = new StateCount();

    private List<OwnedStates> before = List.of();
    private List<OwnedStates> after = List.of();
    private @Nullable Ruleset ruleset;
    private @Nullable CompiledRule rule;
    /** Of another version with other times to speak at, which has some of the keys; null for none. */
    private @Nullable CompiledRule second;

    private Arms arms = Arms.NONE;
    private Windows task = NOWHERE;
    private Use use = Use.NEW;
    private int dueHash;
    /** By the wall clock, as is the next. */
    private long goneSinceMs;

    /** Greater than that of every owner that began before. */
    private final long order;

    private boolean noted;

    private OwnedStates(StateOwner owner, long hash, long order) {
        this.owner = owner;
        this.hash = hash;
        this.order = order;
    }

    /** @param order greater than that of every owner that began before */
    static OwnedStates of(StateOwner owner, long order) {
        return new OwnedStates(owner, owner.hash(), order);
    }

    static OwnedStates read(long hash, byte[] bytes) {
        ByteIn source = new ByteIn(bytes);
        int format = source.oneByte();
        if (format != FORMAT) {
            throw new IllegalStateException("window state of format " + format + " was written by a newer version of"
                    + " Sluice: run that, or reset the application's state");
        }
        Use use = Use.valueOf(source.text());
        long goneSinceMs = source.fixed();
        long order = source.fixed();
        OwnedStates read = new OwnedStates(StateOwner.read(source), hash, order);
        read.use = use;
        read.goneSinceMs = goneSinceMs;
        read.noted = true;
        return read;
    }

    byte[] write() {
        return new ByteOut()
                .oneByte(FORMAT)
                .text(use.name())
                .fixed(goneSinceMs)
                .fixed(order)
                .raw(owner.write())
                .toBytes();
    }

    /** Lets a rule use them. True when time may make it speak at other times than the rule before. */
    @SuppressWarnings("ReferenceEquality") // an unchanged rule is the same object
    boolean use(Ruleset by, CompiledRule with) {
        if (rule == with && use != Use.NEW && by.isFed() == ruleset().isFed()) {
            ruleset = by;
            return false;
        }
        int dueBefore = dueHash;
        boolean wasUnused = rule == null;
        ruleset = by;
        rule = with;
        Use next = by.isFed() ? Use.FED : Use.IN_FORCE;
        if (use != next) {
            use = next;
            noted = false;
        }
        dueHash = StateOwner.stableHash(windowing().trigger().toString());
        return isTimed() && (wasUnused || dueHash != dueBefore);
    }

    /**
     * Takes notice of two versions side by side: for a key it is the owner's rule that time makes speak. True when that may be
     * at other times than before.
     *
     * @param windows of the task
     */
    boolean share(Arms next, Windows windows) {
        arms = next;
        task = windows;
        String trigger = windowing().trigger().toString();
        second = next.sharing(rule())
                .filter(other -> !windowing(other).trigger().equals(windowing().trigger()))
                .orElse(null);
        if (second != null) {
            int weight =
                    next.rollout(ruleset().name()).map(Arms.Rollout::weight).orElse(0);
            trigger += "/" + windowing(second).trigger() + "/" + ruleset().version() + "/" + weight;
        }
        int dueBefore = dueHash;
        dueHash = StateOwner.stableHash(trigger);
        return isTimed() && dueHash != dueBefore;
    }

    /** Stream time at which the passing of time makes the rule of a key speak; {@link Long#MAX_VALUE} for never. */
    long dueMs(GroupKey key, KeyState state) {
        if (second == null) {
            return Due.atMs(windowing(), state);
        }
        Arms.Receiver speaking = arms.receiver(new Arms.Receiver(ruleset(), rule()), key, state.newestMs(), task);
        return Due.atMs(windowing(speaking.rule()), state);
    }

    private static Windowing windowing(CompiledRule rule) {
        return Objects.requireNonNull(rule.windowing(), "only a windowed rule has state");
    }

    /** Whether windows that end speak. */
    boolean isOfEnds() {
        return windowing().trigger() instanceof Trigger.Close
                || (second != null && windowing(second).trigger() instanceof Trigger.Close);
    }

    /** No rule uses them any more. */
    void abandon(long nowMs) {
        ruleset = null;
        rule = null;
        second = null;
        if (use != Use.GONE) {
            use = Use.GONE;
            goneSinceMs = nowMs;
            noted = false;
        }
    }

    /** Whether the record of the owner says who uses them, and since when. */
    boolean isNoted() {
        return noted;
    }

    void noted() {
        noted = true;
    }

    boolean isGone() {
        return rule == null;
    }

    boolean isInForce() {
        return rule != null && use == Use.IN_FORCE;
    }

    boolean isGoneFor(long ms, long nowMs) {
        return rule == null && use == Use.GONE && nowMs - goneSinceMs >= ms;
    }

    long order() {
        return order;
    }

    /** Owners whose states go on here, key by key, as events come; the one that began last first. */
    List<OwnedStates> before() {
        return before;
    }

    /** Owners in which states go on that are here. */
    List<OwnedStates> after() {
        return after;
    }

    /** @param others owners of the same rule */
    void link(Collection<OwnedStates> others) {
        after = others.stream()
                .filter(other -> other.order > order && other.owner.takesOver(owner))
                .toList();
        before = others.stream()
                .filter(other -> other.order < order && owner.takesOver(other.owner))
                .sorted(Comparator.comparingLong((OwnedStates other) -> other.order)
                        .reversed())
                .toList();
    }

    Ruleset ruleset() {
        return Objects.requireNonNull(ruleset, "state that no rule uses");
    }

    CompiledRule rule() {
        return Objects.requireNonNull(rule, "state that no rule uses");
    }

    Windowing windowing() {
        return windowing(rule());
    }

    StateShape shape() {
        return owner.shape();
    }

    /** Told apart by it: triggers under which a state is due at different times. */
    int dueHash() {
        return dueHash;
    }

    /** Whether the passing of time alone may make the rule speak. */
    boolean isTimed() {
        return rule != null && (isTimed(windowing()) || (second != null && isTimed(windowing(second))));
    }

    private static boolean isTimed(Windowing windowing) {
        return windowing.trigger() instanceof Trigger.Close || windowing.trigger() instanceof Trigger.Missing;
    }

    /** So long after its newest event a key may still matter to some window: then it is asked. */
    long reachMs() {
        WindowSpec spec = windowing().window().spec();
        long graceMs = windowing().window().graceMs();
        if (spec instanceof WindowSpec.Tumbling tumbling) {
            return later(tumbling.sizeMs(), graceMs);
        }
        if (spec instanceof WindowSpec.Hopping hopping) {
            return later(hopping.sizeMs(), graceMs);
        }
        if (spec instanceof WindowSpec.Sliding sliding) {
            return later(sliding.sizeMs(), graceMs);
        }
        return spec instanceof WindowSpec.Session session ? later(session.gapMs(), graceMs) : Long.MAX_VALUE;
    }

    /** A sum that stays in the range of long. */
    static long later(long timeMs, long byMs) {
        return timeMs > Long.MAX_VALUE - byMs ? Long.MAX_VALUE : timeMs + byMs;
    }
}
