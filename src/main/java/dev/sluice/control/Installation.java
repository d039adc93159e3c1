package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.settings.FleetSettings;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one instance runs: for each ruleset of the image the versions that its deployment says, and apart from them what is
 * prepared and what was refused. Immutable; the stream threads read {@link #arms} once an event.
 */
public final class Installation {
    /** Before any control record. */
    public static final Installation EMPTY = new Installation();

    /**
     * One ruleset on this instance.
     *
     * @param last the last change of the version that serves; null before the first one
     */
    public record OfRuleset(Serving serving, @Nullable Change last, Versions versions) {
        /** The version that serves the keys that are not a candidate's; null: none. */
        public @Nullable Ruleset running() {
            return serving.stable();
        }

        /** When it was installed here; null with {@link #running}. */
        public @Nullable Instant installedAt() {
            return last == null || serving.stable() == null ? null : last.at();
        }

        /** What that changed here; null with {@link #running}. */
        public @Nullable ReloadReport report() {
            return last == null || serving.stable() == null ? null : last.report();
        }

        /** Versions newer than the running one that this instance cannot serve, in the order of the log. */
        public List<RulesetImage.Refusal> refused() {
            return versions.refused();
        }

        /** Numbers of the versions that could be served at once. */
        public List<Long> prepared() {
            return versions.compiled().values().stream()
                    .filter(version -> version.ruleset() != null)
                    .map(CompiledVersion::version)
                    .toList();
        }
    }

    /**
     * Who decides about events.
     *
     * @param stable null: none
     * @param rollout a candidate with a share of the keys; null: none
     * @param fed what is fed beside without emitting; null: nothing
     * @param deployment that says so; null before the first
     */
    public record Serving(
            @Nullable Ruleset stable,
            Arms.@Nullable Rollout rollout,
            @Nullable Fed fed,
            @Nullable Deployment deployment) {
        /** Where no version serves. */
        static final Serving NONE = new Serving(null, null, null, null);

        /** Number of the deployment; 0 before the first. */
        long attempt() {
            return deployment == null ? 0 : deployment.attempt();
        }

        /** When the deployment's state began; null before the first. */
        @Nullable Instant since() {
            return deployment == null ? null : deployment.state().since();
        }

        /** Whether events are decided about as by the other, by the same deployment. */
        @SuppressWarnings("ReferenceEquality") // the version itself, not one that looks alike
        boolean isLike(Serving other) {
            return stable == other.stable
                    && attempt() == other.attempt()
                    && Objects.equals(since(), other.since())
                    && Objects.equals(rollout, other.rollout);
        }
    }

    /**
     * The version that serves was changed.
     *
     * @param report abridged: it is held as long as the version serves, and is part of every status report
     */
    record Change(Instant at, ReloadReport report) {}

    /**
     * What is known of the versions that may be needed.
     *
     * @param compiled by number
     * @param missing why the ruleset cannot be served as its deployment says; empty when it can
     */
    record Versions(SortedMap<Long, CompiledVersion> compiled, List<RulesetImage.Refusal> refused, String missing) {
        Versions {
            compiled = Collections.unmodifiableSortedMap(compiled);
            refused = List.copyOf(refused);
        }
    }

    /**
     * Rules that are fed: of the version before, so that a rollback finds their window state, or of one that is staged, so that
     * it does not start cold.
     *
     * @param until when that ends; null: when the deployment goes on
     */
    public record Fed(Ruleset rules, @Nullable Instant until) {}

    private final ControlImage image;
    private final SortedMap<String, OfRuleset> rulesets;
    private final List<Ruleset> fed;
    /** Whether the health of any version is looked at, so that every evaluation's time is of interest. */
    private final boolean watching;

    private final ApartRules apart;
    private final Arms arms;

    private Installation() {
        this.image = ControlImage.EMPTY;
        this.rulesets = new TreeMap<>();
        this.fed = List.of();
        this.watching = false;
        this.apart = ApartRules.NONE;
        this.arms = Arms.NONE;
    }

    /** @param before what was installed: the indexes go on from it */
    Installation(ControlImage image, SortedMap<String, OfRuleset> rulesets, Installation before) {
        this.image = image;
        this.rulesets = Collections.unmodifiableSortedMap(rulesets);
        Map<String, Ruleset> running = new HashMap<>();
        rulesets.forEach((name, of) -> {
            if (of.running() != null) {
                running.put(name, of.running());
            }
        });
        ActiveRulesets active = new ActiveRulesets(running);
        List<Arms.Rollout> rollouts = rulesets.values().stream()
                .flatMap(of -> Stream.ofNullable(of.serving().rollout()))
                .toList();
        this.fed = rulesets.values().stream()
                .flatMap(of -> Stream.ofNullable(of.serving().fed()))
                .map(Fed::rules)
                .toList();
        boolean isSame =
                active.equals(before.active()) && fed.equals(before.fed) && rollouts.equals(before.arms.rollouts());
        this.watching = image.isDeploying();
        Arms next = isSame && watching == before.watching ? before.arms : armsAfter(before, active, rollouts);
        this.apart = before.apart.next(image.quarantines().values(), next.rulesets());
        this.arms = next.apart(apart.rules());
    }

    private Installation(Installation like, Arms arms) {
        this.image = like.image;
        this.rulesets = like.rulesets;
        this.fed = like.fed;
        this.watching = like.watching;
        this.apart = like.apart;
        this.arms = arms;
    }

    private Arms armsAfter(Installation before, ActiveRulesets active, List<Arms.Rollout> rollouts) {
        Arms next = before.arms.changed(active, fed, rollouts);
        return watching ? next.watched() : next;
    }

    /** The same with versions on their way. */
    Installation with(Arms others) {
        return new Installation(this, others);
    }

    /** Whether threads that have read the other one serve what this one says, by the same deployments and settings. */
    @SuppressWarnings("ReferenceEquality") // the rules themselves, not some that look alike
    public boolean servesLike(Installation other) {
        return arms == other.arms
                && settingsRevision() == other.settingsRevision()
                && areLike(other, (one, before) -> one.serving().isLike(before.serving()));
    }

    /** Whether a report of the other one says all that a deployment may wait for. */
    public boolean tellsLike(Installation other) {
        return servesLike(other)
                && areLike(
                        other,
                        (one, before) -> one.prepared().equals(before.prepared())
                                && one.refused().equals(before.refused())
                                && one.versions()
                                        .missing()
                                        .equals(before.versions().missing()));
    }

    private boolean areLike(Installation other, BiPredicate<OfRuleset, OfRuleset> like) {
        return rulesets.keySet().equals(other.rulesets.keySet())
                && rulesets.entrySet().stream()
                        .allMatch(each -> like.test(each.getValue(), other.rulesets.get(each.getKey())));
    }

    /** The image that this is the installation of. */
    public ControlImage image() {
        return image;
    }

    /** What the fleet's settings say. */
    public FleetSettings settings() {
        return image.settings().map(PublishedSettings::settings).orElse(FleetSettings.NONE);
    }

    /** Number of the last change of the fleet's settings; 0 where there are none. */
    public long settingsRevision() {
        return image.settings().map(PublishedSettings::revision).orElse(0L);
    }

    public SortedMap<String, OfRuleset> rulesets() {
        return rulesets;
    }

    /** The first moment at which rules are no longer to be fed; empty when there is none. */
    Optional<Instant> fedUntil() {
        return rulesets.values().stream()
                .flatMap(of -> Stream.ofNullable(of.serving().fed()))
                .flatMap(of -> Stream.ofNullable(of.until()))
                .min(Comparator.naturalOrder());
    }

    /** Ids of the rules in quarantine that versions on this instance have, sorted. */
    public List<String> apart(String ruleset) {
        return apart.of(ruleset);
    }

    /** Why this instance must not evaluate: a version that serves cannot be served here. Empty when it may. */
    public String missing() {
        return rulesets.values().stream()
                .map(of -> of.versions().missing())
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Whether every version that serves by its deployment is served here. */
    public boolean isWhole() {
        return missing().isEmpty();
    }

    /** The stable versions. */
    public ActiveRulesets active() {
        return arms.stable().rulesets();
    }

    /** What events are evaluated with: by key. */
    public Arms arms() {
        return arms;
    }

    /** That of the keys which are no candidate's. */
    public RuleIndexes indexes() {
        return arms.stable();
    }
}
