package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.Quarantine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The control topic folded into one immutable value. {@link #apply} is the only road into it, live and after a restart.
 */
public final class ControlImage {
    /** The image of an empty topic. */
    public static final ControlImage EMPTY = new ControlImage(-1, new TreeMap<>(), Decided.NOTHING, Map.of());

    /** Unknown keys that are remembered; a topic full of garbage must not fill the memory. */
    private static final int MAX_UNKNOWN = 100;

    /** A record with a key that this build does not know. */
    public record UnknownRecord(String key, long offset, String reason) {}

    private final long offset;
    private final SortedMap<String, RulesetImage> rulesets;
    private final Decided decided;
    private final Map<String, UnknownRecord> unknown;

    private ControlImage(
            long offset,
            SortedMap<String, RulesetImage> rulesets,
            Decided decided,
            Map<String, UnknownRecord> unknown) {
        this.offset = offset;
        this.rulesets = Collections.unmodifiableSortedMap(rulesets);
        this.decided = decided;
        this.unknown = unknown;
    }

    /** Offset of the last record that the image holds; -1 for none. */
    public long offset() {
        return offset;
    }

    /** Rulesets by name. */
    public SortedMap<String, RulesetImage> rulesets() {
        return rulesets;
    }

    /** Deployments by the name of their ruleset. */
    public SortedMap<String, Deployment> deployments() {
        return decided.deployments();
    }

    /** Rules in quarantine or on trial, by the key of their record. */
    public SortedMap<String, Quarantine> quarantines() {
        return decided.quarantines();
    }

    /** Settings of the fleet. */
    public Optional<PublishedSettings> settings() {
        return Optional.ofNullable(decided.settings());
    }

    /** Rulesets with a version that the decider has not looked at, or does not know yet whether it can be served. */
    public List<String> undecided() {
        return rulesets.entrySet().stream()
                .filter(each -> isUndecided(each.getValue(), deployments().get(each.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isUndecided(RulesetImage versions, @Nullable Deployment deployment) {
        long highest = versions.highestAccepted();
        if (deployment == null) {
            return highest > 0;
        }
        return highest > deployment.seen() || deployment.state() instanceof DeploymentState.Preparing;
    }

    /** Whether the health of any version is watched, or its deployment goes on. */
    public boolean isDeploying() {
        return deployments().values().stream().anyMatch(Deployment::isWatched);
    }

    /** Records with unknown keys by key, the oldest first, at most 100. */
    public Map<String, UnknownRecord> unknown() {
        return unknown;
    }

    /** The image after {@code record}, which stands at {@code offset}. Records come in the order of the log. */
    ControlImage apply(ControlRecord record, long offset) {
        if (record instanceof ControlRecord.VersionPublished published) {
            PublishedVersion version = published.published();
            return withRuleset(version.name(), offset, image -> image.publish(version, offset));
        }
        if (record instanceof ControlRecord.VersionUnreadable bad) {
            return withRuleset(
                    bad.of().name(), offset, image -> image.unreadable(bad.of().version(), bad.reason(), offset));
        }
        if (record instanceof ControlRecord.VersionDeleted deleted) {
            return withRuleset(
                    deleted.of().name(),
                    offset,
                    image -> image.delete(deleted.of().version()));
        }
        Decided after = decided.apply(record);
        Map<String, UnknownRecord> next = new LinkedHashMap<>(unknown);
        next.remove(record.key());
        if (record instanceof ControlRecord.Unknown bad) {
            next.put(bad.key(), new UnknownRecord(bad.key(), offset, bad.reason()));
            if (next.size() > MAX_UNKNOWN) {
                next.remove(next.keySet().iterator().next());
            }
        }
        return new ControlImage(offset, rulesets, after, Collections.unmodifiableMap(next));
    }

    private ControlImage withRuleset(String name, long at, UnaryOperator<RulesetImage> change) {
        SortedMap<String, RulesetImage> next = new TreeMap<>(rulesets);
        RulesetImage changed = change.apply(next.getOrDefault(name, RulesetImage.empty()));
        if (changed.isEmpty()) {
            next.remove(name);
        } else {
            next.put(name, changed);
        }
        return new ControlImage(at, next, decided, unknown);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ControlImage that
                && offset == that.offset
                && rulesets.equals(that.rulesets)
                && decided.equals(that.decided)
                && unknown.equals(that.unknown);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(offset) + rulesets.hashCode();
    }

    @Override
    public String toString() {
        return "to offset " + offset + ": " + rulesets + " " + decided + " " + unknown.keySet();
    }
}
