package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Figures;
import dev.sluice.deployment.FleetView;
import dev.sluice.deployment.HealthHistory;
import dev.sluice.deployment.Latencies;
import dev.sluice.deployment.RuleFailures;
import dev.sluice.deployment.RuleHistory;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.RefusedVersion;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.schema.VersionFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the instances said, and when by the decider's clock. A new decider counts every known instance as just heard: it
 * cannot know better, and an instance taken for gone too early would be left with an old version.
 *
 * <p>Threading: confined to one thread.
 */
final class FleetReports {

    /** A version that none is: what an instance serves whose threads have not read its present versions yet. */
    private static final Long NOT_READ = 0L;

    private final Duration goneAfter;
    private final Instant begun;
    private final Map<String, Report> instances = new TreeMap<>();
    private final Map<String, HealthHistory> histories = new HashMap<>();
    private final Map<String, RuleHistory> rules = new HashMap<>();

    private record Report(InstanceStatus status, Instant heardAt) {
        Duration silentAfter() {
            return Duration.ofMillis(3 * status.getHeartbeatMs() + 1000);
        }

        /** Tells two runs of one instance apart. */
        String run() {
            return status.getInstance() + "@" + status.getStartedAt().toEpochMilli();
        }
    }

    /**
     * Nothing heard yet.
     *
     * @param goneAfter silence after which an instance counts no more
     * @param begun now
     */
    FleetReports(Duration goneAfter, Instant begun) {
        this.goneAfter = goneAfter;
        this.begun = begun;
    }

    void heard(InstanceStatus status, Instant now) {
        Report report = new Report(status, now);
        Report before = instances.put(status.getInstance(), report);
        if (before != null && !before.run().equals(report.run())) {
            forget(before);
        }
        for (RulesetStatus ruleset : status.getRulesets()) {
            if (!ruleset.getFigures().isEmpty()) {
                history(ruleset.getName()).report(report.run(), figures(ruleset));
                rules(ruleset.getName()).report(report.run(), failures(ruleset));
            }
        }
    }

    void forget(String id) {
        Report gone = instances.remove(id);
        if (gone != null) {
            forget(gone);
        }
    }

    private void forget(Report gone) {
        histories.values().forEach(history -> history.forget(gone.run()));
        rules.values().forEach(history -> history.forget(gone.run()));
    }

    /** Those that are silent for so long that others have taken over their partitions. */
    List<String> gone(Instant now) {
        List<String> gone = new ArrayList<>();
        instances.forEach((id, report) -> {
            if (report.heardAt().plus(goneAfter(report)).isBefore(now)) {
                gone.add(id);
            }
        });
        return gone;
    }

    private Duration goneAfter(Report report) {
        Duration twice = report.silentAfter().multipliedBy(2);
        return twice.compareTo(goneAfter) > 0 ? twice : goneAfter;
    }

    /** @param deployment that the instances should follow; null for none */
    FleetView view(String ruleset, @Nullable Deployment deployment) {
        Duration longest = instances.values().stream()
                .map(this::goneAfter)
                .max(Duration::compareTo)
                .orElse(goneAfter);
        return new FleetView(
                instances.values().stream()
                        .map(report -> instance(report, ruleset, deployment))
                        .toList(),
                longest);
    }

    HealthHistory history(String ruleset) {
        return histories.computeIfAbsent(ruleset, name -> new HealthHistory(begun));
    }

    /** What the rules of a ruleset did. */
    RuleHistory rules(String ruleset) {
        return rules.computeIfAbsent(ruleset, name -> new RuleHistory(history(name)));
    }

    /** Marks the present in the figures of a ruleset: a look follows. */
    void mark(String ruleset, Instant now) {
        history(ruleset).mark(now);
        rules(ruleset).mark(now);
    }

    private static FleetView.Instance instance(Report report, String ruleset, @Nullable Deployment deployment) {
        RulesetStatus status = report.status().getRulesets().stream()
                .filter(each -> each.getName().equals(ruleset))
                .findFirst()
                .orElse(null);
        if (status == null) {
            return instance(report, Set.of(), Map.of(), null, null);
        }
        Set<Long> prepared = new HashSet<>(status.getPrepared());
        boolean isRead = status.getInUse() && follows(status, deployment);
        return instance(
                report,
                prepared,
                refused(status, prepared),
                isRead ? status.getActive() : NOT_READ,
                isRead ? status.getCandidate() : NOT_READ);
    }

    /** A report from before the last change says nothing of what is read now. */
    private static boolean follows(RulesetStatus status, @Nullable Deployment deployment) {
        return deployment == null
                || (status.getAttempt() == deployment.attempt()
                        && deployment.state().since().equals(status.getSince()));
    }

    private static FleetView.Instance instance(
            Report report,
            Set<Long> prepared,
            Map<Long, String> refused,
            @Nullable Long serving,
            @Nullable Long candidate) {
        return new FleetView.Instance(
                report.status().getInstance(),
                report.heardAt(),
                report.silentAfter(),
                prepared,
                refused,
                serving,
                candidate);
    }

    /** A version that is prepared may have been written again with other text, and that was refused. */
    private static Map<Long, String> refused(RulesetStatus status, Set<Long> prepared) {
        Map<Long, String> refused = new HashMap<>();
        for (RefusedVersion version : status.getRefused()) {
            if (!prepared.contains(version.getVersion())) {
                String why = version.getProblems().isEmpty()
                        ? "no reason given"
                        : version.getProblems().get(0).getMessage();
                refused.put(version.getVersion(), why);
            }
        }
        return refused;
    }

    private static Map<Long, Figures> figures(RulesetStatus ruleset) {
        Map<Long, Figures> byVersion = new HashMap<>();
        for (VersionFigures figures : ruleset.getFigures()) {
            byVersion.put(
                    figures.getVersion(),
                    new Figures(
                            figures.getEvaluations(),
                            figures.getErrors(),
                            figures.getTimeouts(),
                            figures.getAlerts(),
                            figures.getMeasured(),
                            figures.getNanos(),
                            Latencies.of(figures.getLatencies().stream()
                                    .mapToLong(Long::longValue)
                                    .toArray())));
        }
        return byVersion;
    }

    /** Of each version those of its rules that ever failed. */
    private static Map<Long, Map<String, RuleFailures>> failures(RulesetStatus ruleset) {
        Map<Long, Map<String, RuleFailures>> byVersion = new HashMap<>();
        for (VersionFigures version : ruleset.getFigures()) {
            Map<String, RuleFailures> byRule = new HashMap<>();
            version.getRules().stream()
                    .filter(rule -> rule.getErrors() + rule.getTimeouts() > 0)
                    .forEach(
                            rule -> byRule.put(rule.getRule(), new RuleFailures(rule.getErrors(), rule.getTimeouts())));
            byVersion.put(version.getVersion(), byRule);
        }
        return byVersion;
    }

    /** Without what changes with each report: what the decider's store keeps of it. */
    static InstanceStatus reduced(InstanceStatus status) {
        return InstanceStatus.newBuilder()
                .setInstance(status.getInstance())
                .setApplication(status.getApplication())
                .setHost(status.getHost())
                .setPid(status.getPid())
                .setBuild(status.getBuild())
                .setStartedAt(status.getStartedAt())
                .setReportedAt(status.getStartedAt())
                .setHeartbeatMs(status.getHeartbeatMs())
                .setState(status.getState())
                .setControlOffset(-1)
                .setRulesets(
                        status.getRulesets().stream().map(FleetReports::reduced).toList())
                .build();
    }

    private static RulesetStatus reduced(RulesetStatus of) {
        return RulesetStatus.newBuilder()
                .setName(of.getName())
                .setActive(of.getActive())
                .setInUse(of.getInUse())
                .setCandidate(of.getCandidate())
                .setWeight(of.getWeight())
                .setAttempt(of.getAttempt())
                .setSince(of.getSince())
                .setPrepared(of.getPrepared())
                .setRefused(of.getRefused().stream()
                        .map(refused -> new RefusedVersion(
                                refused.getVersion(),
                                refused.getOffset(),
                                refused.getProblems().stream().limit(1).toList()))
                        .toList())
                .build();
    }
}
