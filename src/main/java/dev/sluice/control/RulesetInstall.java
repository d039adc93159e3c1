package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Deployment.Routing;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.KeySplit;
import dev.sluice.evaluation.Arms;
import dev.sluice.ruleset.FedRules;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.Ruleset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** One ruleset, from its deployment and what was compiled to what serves. One use. */
final class RulesetInstall {
    /** Of each kind of change: a status must fit a record, whatever the size of the ruleset. */
    private static final int CHANGES_MAX = 100;

    private final Installation.@Nullable OfRuleset before;
    private final @Nullable Deployment deployment;
    private final SortedMap<Long, CompiledVersion> compiled;
    private String missing = "";

    /**
     * @param before what is installed; null for nothing
     * @param deployment null: none was begun
     */
    RulesetInstall(
            Installation.@Nullable OfRuleset before,
            @Nullable Deployment deployment,
            SortedMap<Long, CompiledVersion> compiled) {
        this.before = before;
        this.deployment = deployment;
        this.compiled = compiled;
    }

    Installation.OfRuleset at(Instant now, Duration keepStateOfPrevious, RulesetImage versions) {
        Installation.Serving serving = serving(now, keepStateOfPrevious);
        return new Installation.OfRuleset(
                serving,
                change(serving.stable(), now),
                new Installation.Versions(compiled, refused(serving.stable(), versions), missing));
    }

    private Installation.Serving standing() {
        return before == null ? Installation.Serving.NONE : before.serving();
    }

    private Installation.Serving serving(Instant now, Duration keepStateOfPrevious) {
        if (deployment == null) {
            return Installation.Serving.NONE;
        }
        Routing routing = deployment.routing();
        Ruleset stable = routing.stable() == null ? null : ruleset(routing.stable());
        Ruleset candidate = routing.candidate() == null ? null : ruleset(routing.candidate());
        if (!missing.isEmpty()) {
            // Until the data plane is closed: an event without rules would be lost, one under the last good ones is
            // not.
            Installation.Serving last = standing();
            return new Installation.Serving(last.stable(), last.rollout(), last.fed(), deployment);
        }
        return new Installation.Serving(
                stable,
                stable == null || candidate == null ? null : rollout(stable, candidate, routing),
                stable == null ? null : fed(stable, now, keepStateOfPrevious),
                deployment);
    }

    /** Null, and a reason, when it cannot be served. */
    private @Nullable Ruleset ruleset(long version) {
        CompiledVersion found = compiled.get(version);
        if (found != null && found.ruleset() != null) {
            return found.ruleset();
        }
        Ruleset last = standing().stable();
        if (found == null && last != null && last.version() == version) {
            // Taken off the topic: the decider will say what serves in its place.
            return last;
        }
        missing = found == null
                ? "version " + version + " serves, and is not on the control topic"
                : "version " + version + " of " + found.accepted().published().name()
                        + " serves, and does not compile here: " + found.firstProblem();
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the versions themselves, not ones that look alike
    private Arms.Rollout rollout(Ruleset stable, Ruleset candidate, Routing routing) {
        Arms.Rollout last = standing().rollout();
        boolean isSameSplit = last != null
                && last.stable() == stable
                && last.candidate() == candidate
                && deployment != null
                && standing().attempt() == deployment.attempt();
        if (last == null || !isSameSplit) {
            return new Arms.Rollout(stable, candidate, new KeySplit(routing.salt()), routing.weight());
        }
        return last.weight() == routing.weight()
                ? last
                : new Arms.Rollout(stable, candidate, last.split(), routing.weight());
    }

    private Installation.@Nullable Fed fed(Ruleset stable, Instant now, Duration keepStateOfPrevious) {
        if (deployment == null) {
            return null;
        }
        Long prepared = deployment.routing().prepared();
        if (prepared != null) {
            return fed(prepared, stable, null);
        }
        if (!(deployment.state() instanceof Active active)) {
            return fedOn(stable, now);
        }
        if (deployment.before().isEmpty()) {
            return null;
        }
        Instant kept = active.since().plus(keepStateOfPrevious);
        Instant until = active.bakedAt() != null && active.bakedAt().isAfter(kept) ? active.bakedAt() : kept;
        return until.isAfter(now) ? fed(deployment.before().getAsLong(), stable, until) : null;
    }

    /** A next version that is on its way, or came to nothing, does not end what is fed beside the stable one. */
    @SuppressWarnings("ReferenceEquality") // the version itself, not one that looks alike
    private Installation.@Nullable Fed fedOn(Ruleset stable, Instant now) {
        Installation.Fed last = standing().fed();
        boolean goesOn = last != null
                && last.until() != null
                && last.until().isAfter(now)
                && standing().stable() == stable;
        return goesOn ? last : null;
    }

    @SuppressWarnings("ReferenceEquality") // the version itself, not one that looks alike
    private Installation.@Nullable Fed fed(long version, Ruleset stable, @Nullable Instant until) {
        Installation.Fed last = standing().fed();
        if (last != null && last.rules().version() == version && standing().stable() == stable) {
            return new Installation.Fed(last.rules(), until);
        }
        CompiledVersion other = compiled.get(version);
        if (other == null || other.ruleset() == null) {
            return null;
        }
        return FedRules.of(other.ruleset(), stable)
                .map(rules -> new Installation.Fed(rules, until))
                .orElse(null);
    }

    private Installation.@Nullable Change change(@Nullable Ruleset stable, Instant now) {
        Ruleset old = standing().stable();
        if (stable == null || (old != null && old.version() == stable.version())) {
            return before == null ? null : before.last();
        }
        CompiledVersion version = compiled.get(stable.version());
        return new Installation.Change(
                now,
                ReloadReport.of(
                                old,
                                old == null ? null : fedSoFar(stable).orElse(null),
                                stable,
                                version == null ? List.of() : version.problems())
                        .abridged(CHANGES_MAX));
    }

    /** What was fed while another version served. */
    private Optional<Ruleset> fedSoFar(Ruleset stable) {
        Arms.Rollout rollout = standing().rollout();
        if (rollout != null && rollout.candidate().version() == stable.version()) {
            return FedRules.of(rollout.candidate(), rollout.stable());
        }
        return Optional.ofNullable(standing().fed()).map(Installation.Fed::rules);
    }

    private List<RulesetImage.Refusal> refused(@Nullable Ruleset stable, RulesetImage versions) {
        CompiledVersion running = stable == null ? null : compiled.get(stable.version());
        long offset = running == null ? -1 : running.accepted().offset();
        List<RulesetImage.Refusal> refused = new ArrayList<>(versions.refused().stream()
                .filter(refusal -> refusal.offset() > offset)
                .toList());
        compiled.values().stream()
                .filter(version -> version.ruleset() == null)
                .map(CompiledVersion::refusal)
                .forEach(refused::add);
        refused.sort(Comparator.comparingLong(RulesetImage.Refusal::offset));
        return refused;
    }
}
