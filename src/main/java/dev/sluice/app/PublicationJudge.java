package dev.sluice.app;

import dev.sluice.app.Publication.Kind;
import dev.sluice.app.Publication.Result;
import dev.sluice.control.PublishedVersion;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.control.StatusReport;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Failed;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.ProblemRecord;
import dev.sluice.schema.RefusedVersion;
import dev.sluice.schema.RulesetStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What became of a published version, by its deployment and the reports of the live instances.
 *
 * @param elapsedMs since it was published
 */
record PublicationJudge(RulesetPublisher.Published published, List<InstanceStatus> live, long elapsedMs) {

    Result judge(Optional<Deployment> deployment) {
        if (live.isEmpty()) {
            return result(
                    Kind.NO_INSTANCE, "published; no instance is running, the next one to start decides about it");
        }
        Optional<String> unreadable = unreadable();
        if (unreadable.isPresent()) {
            return result(Kind.REFUSED, unreadable.get());
        }
        if (deployment.isEmpty() || deployment.get().seen() < number()) {
            return result(
                    Kind.DEADLINE, "published, but not decided about after " + elapsedMs + " ms: see 'sluice status'");
        }
        Deployment of = deployment.get();
        return of.version() == number() ? judge(of) : superseded(of);
    }

    private long number() {
        return published.version().version();
    }

    private Result judge(Deployment of) {
        DeploymentState state = of.state();
        if (state instanceof Active) {
            return active();
        }
        if (state instanceof Failed failed) {
            return result(Kind.REFUSED, failed.reason() + " (" + serves(of) + ")");
        }
        if (state instanceof RolledBack back) {
            return result(Kind.ROLLED_BACK, "rolled back: " + back.reason() + " (" + serves(of) + ")");
        }
        if (state instanceof Staged staged) {
            String until = staged.goesOnAt() == null ? "" : " until " + staged.goesOnAt();
            return result(Kind.STAGED, "staged on " + instances() + until + ": " + staged.reason());
        }
        if (state instanceof RollingOut rolling) {
            return result(Kind.ROLLING_OUT, "has " + rolling.percent() + " % of the keys after " + elapsedMs + " ms");
        }
        if (state instanceof Paused paused) {
            return result(
                    Kind.ROLLING_OUT, "paused at " + paused.was().percent() + " % of the keys: " + paused.reason());
        }
        String doing = state instanceof RollingBack back ? "rolling back: " + back.reason() : "preparing";
        return result(
                Kind.DEADLINE, "published, and still " + doing + " after " + elapsedMs + " ms: see 'sluice status'");
    }

    /** The deployment is of another version by now. */
    private Result superseded(Deployment of) {
        return result(
                Kind.SUPERSEDED,
                "superseded by version " + of.version() + ", which is "
                        + of.state().word());
    }

    private Result active() {
        List<String> waiting = live.stream()
                .filter(status -> ruleset(status).filter(this::runs).isEmpty())
                .map(InstanceStatus::getInstance)
                .toList();
        if (!waiting.isEmpty()) {
            return result(
                    Kind.DEADLINE,
                    "published, but not running yet on " + String.join(", ", waiting) + " after " + elapsedMs
                            + " ms: see 'sluice status'");
        }
        return new Result(
                Kind.ACTIVE,
                "active on " + instances() + " after " + elapsedMs + " ms",
                elapsedMs,
                report(live.get(0)));
    }

    private boolean runs(RulesetStatus ruleset) {
        return ruleset.getActive() != null && ruleset.getActive() >= number() && ruleset.getInUse();
    }

    private String instances() {
        return live.size() + (live.size() == 1 ? " instance" : " instances");
    }

    private static String serves(Deployment of) {
        OptionalLong serving = of.serving();
        return serving.isEmpty() ? "none is active" : "version " + serving.getAsLong() + " stays active";
    }

    private Result result(Kind kind, String text) {
        return new Result(kind, text, elapsedMs, Optional.empty());
    }

    private Optional<RulesetStatus> ruleset(InstanceStatus status) {
        return status.getRulesets().stream()
                .filter(ruleset -> ruleset.getName().equals(published.version().name()))
                .findFirst();
    }

    /** A record that no instance accepts, whatever it compiles: no deployment will tell of it. */
    private Optional<String> unreadable() {
        for (InstanceStatus status : live) {
            Optional<RefusedVersion> refused = ruleset(status).stream()
                    .flatMap(ruleset -> ruleset.getRefused().stream())
                    .filter(version -> version.getOffset() == published.offset())
                    .filter(version -> codes(version).contains("version-not-higher")
                            || codes(version).contains("digest-mismatch")
                            || codes(version).contains("unreadable-version"))
                    .findFirst();
            if (refused.isPresent()) {
                return Optional.of("refused by " + status.getInstance() + ": "
                        + refused.get().getProblems().get(0).getMessage());
            }
        }
        return Optional.empty();
    }

    private static List<String> codes(RefusedVersion version) {
        return version.getProblems().stream().map(ProblemRecord::getCode).collect(Collectors.toList());
    }

    private Optional<ReloadReport> report(InstanceStatus status) {
        PublishedVersion version = published.version();
        return ruleset(status).flatMap(StatusReport::report).filter(report -> report.toVersion() == version.version());
    }
}
