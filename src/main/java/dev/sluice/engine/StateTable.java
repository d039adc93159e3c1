package dev.sluice.engine;

import dev.sluice.config.WindowsConfig;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.GroupKey;
import dev.sluice.evaluation.Watermarks;
import dev.sluice.evaluation.Watermarks.Kept;
import dev.sluice.evaluation.Windows;
import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.ByteOut;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** The states of one task by owner and key, with the stream time that is stored with them. Confined to the task's thread. */
final class StateTable implements WindowStore.Pending {
    private static final int OWNERS_AT_ONCE = 1_000;

    private final WindowStore store;
    private final StateCache cache;
    private final Map<Long, OwnedStates> byHash = new HashMap<>();
    private final Map<StateOwner, OwnedStates> byOwner = new HashMap<>();
    /** Of the rules in use. */
    private IdentityHashMap<CompiledRule, StateOwner> ownerOf = new IdentityHashMap<>();

    private Arms arms = Arms.NONE;
    private @Nullable Windows task;

    private long lastOrder;
    private long streamMs;
    private long writtenStreamMs;
    private final Watermarks sources;
    private final RolloutSteps steps;

    StateTable(WindowStore store, WindowsConfig settings) {
        this.store = store;
        this.cache = new StateCache(store, settings.cacheKeys());
        byte[] kept = store.get(StateKey.SOURCES);
        this.sources = new Watermarks(kept == null ? Kept.NOTHING : SourceMarks.read(kept), settings.idleCloseMs());
        byte[] keptSteps = store.get(StateKey.STEPS);
        this.steps = keptSteps == null ? RolloutSteps.none() : RolloutSteps.read(keptSteps);
        store.attach(this);
        byte[] stored = store.get(StateKey.STREAM_TIME);
        streamMs = stored == null ? Long.MIN_VALUE : ByteBuffer.wrap(stored).getLong();
        writtenStreamMs = streamMs;
        readOwners();
    }

    private void readOwners() {
        Bytes from = StateKey.OWNERS;
        while (true) {
            List<KeyValue<Bytes, byte[]>> records = store.from(from, OWNERS_AT_ONCE);
            for (KeyValue<Bytes, byte[]> each : records) {
                if (!StateKey.isOwner(each.key)) {
                    return;
                }
                take(OwnedStates.read(StateKey.owner(each.key), each.value));
            }
            if (records.size() < OWNERS_AT_ONCE) {
                return;
            }
            from = StateKey.after(records.get(records.size() - 1).key);
        }
    }

    private OwnedStates begin(StateOwner owner) {
        return take(OwnedStates.of(owner, lastOrder + 1));
    }

    private OwnedStates take(OwnedStates owned) {
        lastOrder = Math.max(lastOrder, owned.order());
        byHash.put(owned.hash, owned);
        byOwner.put(owned.owner, owned);
        return owned;
    }

    /** Stream time; {@link Long#MIN_VALUE} before the first event. */
    long streamMs() {
        return streamMs;
    }

    /** Of which stream time is made where events are handed over; they are kept as they change. */
    Watermarks sources() {
        return sources;
    }

    /** By which tumbling windows belong to one of two versions; they are kept as they change. */
    RolloutSteps steps() {
        return steps;
    }

    void keepStreamMs(long timeMs) {
        streamMs = timeMs;
    }

    /** Goes over to other rules. True when time may make rules speak at other times than before. */
    boolean use(Arms next, Windows windows, long nowMs) {
        arms = next;
        task = windows;
        steps.use(next, streamMs);
        Set<OwnedStates> unused = new HashSet<>(byOwner.values());
        Set<String> named = byOwner.keySet().stream().map(StateTable::name).collect(Collectors.toSet());
        IdentityHashMap<CompiledRule, StateOwner> known = ownerOf;
        ownerOf = new IdentityHashMap<>();
        boolean isDueAnew = false;
        for (Ruleset ruleset : next.rulesets()) {
            for (CompiledRule rule : ruleset.rules()) {
                if (rule.windowing() != null) {
                    StateOwner before = known.get(rule);
                    StateOwner owner = before == null ? owner(ruleset, rule) : before;
                    ownerOf.put(rule, owner);
                    OwnedStates owned = named.contains(name(owner)) ? goingOn(owner) : null;
                    // Of two versions that share it the first, the stable one.
                    if (owned != null && (unused.remove(owned) || owned.isGone())) {
                        isDueAnew |= owned.use(ruleset, rule);
                        isDueAnew |= owned.share(next, windows);
                    }
                }
            }
        }
        unused.forEach(owned -> owned.abandon(nowMs));
        link();
        return isDueAnew;
    }

    /** The owner's states, or the place for those that it takes over; null when there are neither. */
    private @Nullable OwnedStates goingOn(StateOwner owner) {
        OwnedStates owned = byOwner.get(owner);
        boolean takesOver = owned == null && byOwner.keySet().stream().anyMatch(owner::takesOver);
        return takesOver ? begin(owner) : owned;
    }

    private StateOwner owner(Ruleset ruleset, CompiledRule rule) {
        StateOwner known = ownerOf.get(rule);
        return known == null
                ? StateOwner.of(
                        ruleset.name(), Objects.requireNonNull(rule.windowing(), "only a windowed rule has state"))
                : known;
    }

    private static String name(StateOwner owner) {
        return owner.ruleset() + "/" + owner.identity().rule();
    }

    /** Tells owners whose states go on where. */
    private void link() {
        Map<String, List<OwnedStates>> byRule = new HashMap<>();
        for (OwnedStates owned : byOwner.values()) {
            byRule.computeIfAbsent(name(owned.owner), name -> new ArrayList<>()).add(owned);
        }
        byRule.values().forEach(those -> those.forEach(owned -> owned.link(those)));
    }

    /** The states that a rule uses. An owner that begins here has nothing to take over: {@link #use} begins those that have. */
    OwnedStates owned(Ruleset ruleset, CompiledRule rule) {
        StateOwner owner = owner(ruleset, rule);
        OwnedStates owned = byOwner.get(owner);
        if (owned == null) {
            owned = begin(owner);
            owned.use(ruleset, rule);
            owned.share(arms, Objects.requireNonNull(task, "rules are used before they are evaluated"));
        }
        return owned;
    }

    @Nullable OwnedStates byHash(long hash) {
        return byHash.get(hash);
    }

    Collection<OwnedStates> all() {
        return byOwner.values();
    }

    /** Forgets a state, its record too. */
    void remove(OwnedStates owned, Bytes key) {
        HotState hot = owned.hot.get(StateKey.comparable(StateKey.group(key)));
        if (hot == null) {
            store.remove(key);
        } else {
            cache.remove(hot);
        }
    }

    /** Whether a key has a state of its own, and not only one to be taken over. */
    boolean has(OwnedStates owned, GroupKey key) {
        return cache.has(owned, key);
    }

    /** Forgets an owner that has no records any more. */
    void remove(OwnedStates owned) {
        byHash.remove(owned.hash);
        byOwner.remove(owned.owner);
        link();
        store.remove(StateKey.ofOwner(owned.hash));
    }

    /** The state of a key, fresh if it has none, about to change. */
    HotState of(OwnedStates owned, GroupKey key) {
        HotState hot = cache.of(owned, key);
        cache.change(hot);
        return hot;
    }

    /**
     * Lets the rule in force take over a state that goes on under it, if it has not yet: the state is about to change by a
     * rule that is fed, or to be without what time ends. What is no state yet is none to be taken over later. Gives what
     * the rule in force has.
     */
    List<HotState> handOn(OwnedStates owned, GroupKey key) {
        List<HotState> taken = new ArrayList<>();
        for (OwnedStates after : owned.after()) {
            if (after.isInForce()) {
                HotState hot = cache.of(after, key);
                if (hot.isUnused() && !hot.isKept) {
                    hot.isKept = true;
                    cache.change(hot);
                }
                taken.add(hot);
            }
        }
        return taken;
    }

    /** Shows what a sweep may not meet of that which rules spoken for by time have to take over, by its record there. */
    void forEachUnwritten(BiConsumer<OwnedStates, Bytes> visitor) {
        for (OwnedStates owned : byOwner.values()) {
            owned.after().stream()
                    .filter(after -> after.isInForce() && after.isTimed())
                    .forEach(after -> owned.hot.forEach(hot -> {
                        if (hot.isDirty) {
                            visitor.accept(after, cache.storedAs(after, hot.key));
                        }
                    }));
        }
    }

    /** Whether a key has a state that goes on here. */
    boolean hasBefore(OwnedStates owned, GroupKey key) {
        return owned.before().stream().anyMatch(before -> has(before, key));
    }

    @Nullable HotState find(OwnedStates owned, GroupKey key) {
        return cache.find(owned, key);
    }

    void change(HotState hot) {
        cache.change(hot);
    }

    void sweptTo(@Nullable Bytes key) {
        cache.sweptTo(key);
    }

    void trim() {
        cache.trim();
    }

    /**
     * Forgets what the index of due times has, since rules changed. Shows the states that a sweep may not meet: those with
     * changes that are not in the store.
     */
    void forgetDueTimes(Consumer<HotState> visitor) {
        for (OwnedStates owned : byOwner.values()) {
            if (owned.isTimed()) {
                owned.hot.forEach(hot -> {
                    hot.indexedMs = Long.MAX_VALUE;
                    if (hot.isDirty) {
                        visitor.accept(hot);
                    }
                });
            }
        }
    }

    @Override
    public boolean isEmpty() {
        return cache.isEmpty();
    }

    @Override
    public void write() {
        cache.write();
        byOwner.values().stream().filter(owned -> !owned.isNoted()).forEach(cache::write);
        if (streamMs != writtenStreamMs) {
            store.put(StateKey.STREAM_TIME, new ByteOut().fixed(streamMs).toBytes());
            writtenStreamMs = streamMs;
        }
        if (steps.isChanged()) {
            store.put(StateKey.STEPS, steps.write());
        }
        if (sources.isChanged()) {
            store.put(StateKey.SOURCES, SourceMarks.write(sources.keep()));
        }
    }

    List<WindowSize> sizes() {
        List<WindowSize> sizes = new ArrayList<>();
        for (OwnedStates owned : byOwner.values()) {
            sizes.add(new WindowSize(
                    owned.owner.ruleset(),
                    owned.owner.identity().rule(),
                    owned.owner.identity().reset(),
                    owned.isInForce(),
                    owned.count.keys(),
                    owned.count.bytes()));
        }
        return sizes;
    }
}
