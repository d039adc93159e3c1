package dev.sluice.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.evaluation.Arms;
import dev.sluice.rule.Problem;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.schema.ProblemRecord;
import dev.sluice.schema.RefusedVersion;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.schema.Severity;
import dev.sluice.schema.UnreadableControlRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An {@link Installation} in the words of the status topic. */
public final class StatusReport {
    private static final int MAX_LISTED = 10;

    private static final int MAX_QUARANTINED = 1_000;

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private StatusReport() {}

    /**
     * The rulesets of an installation.
     *
     * @param read the installations that the evaluating threads last read
     */
    public static List<RulesetStatus> rulesets(
            Installation installation, Collection<Installation> read, FiguresSource figures) {
        List<RulesetStatus> statuses = new ArrayList<>();
        installation
                .rulesets()
                .forEach((name, of) -> statuses.add(ruleset(name, of)
                        .setInUse(isInUse(name, of, read))
                        .setQuarantined(quarantined(name, installation, read))
                        .setFigures(figures.of(name))
                        .build()));
        return statuses;
    }

    private static RulesetStatus.Builder ruleset(String name, Installation.OfRuleset of) {
        Ruleset running = of.running();
        Arms.Rollout rollout = of.serving().rollout();
        return RulesetStatus.newBuilder()
                .setName(name)
                .setActive(running == null ? null : running.version())
                .setDigest(running == null ? null : running.digest())
                .setRules(running == null ? 0 : running.rules().size())
                .setInstalledAt(of.installedAt())
                .setCandidate(rollout == null ? null : rollout.candidate().version())
                .setWeight(rollout == null ? 0 : rollout.weight())
                .setAttempt(of.serving().attempt())
                .setSince(of.serving().since())
                .setPrepared(of.prepared())
                .setReport(json(of.report()))
                .setRefused(
                        last(of.refused()).stream().map(StatusReport::refused).toList());
    }

    /** Also of a ruleset of which nothing serves: that must be read as well. */
    private static boolean isInUse(String name, Installation.OfRuleset of, Collection<Installation> read) {
        return read.stream().allMatch(each -> {
            Installation.OfRuleset seen = each.rulesets().get(name);
            return (seen == null ? Installation.Serving.NONE : seen.serving()).isLike(of.serving());
        });
    }

    /**
     * The revision of the fleet's settings that is in force: where threads have not read the newest yet, what they read.
     *
     * @param read the installations that the evaluating threads last read
     */
    public static long settingsRevision(Installation installation, Collection<Installation> read) {
        return read.stream()
                .map(Installation::settingsRevision)
                .filter(revision -> revision != installation.settingsRevision())
                .findFirst()
                .orElse(installation.settingsRevision());
    }

    /** Those that no thread evaluates any more. */
    private static List<String> quarantined(String name, Installation installation, Collection<Installation> read) {
        return installation.apart(name).stream()
                .filter(rule -> read.stream().allMatch(each -> each.apart(name).contains(rule)))
                .limit(MAX_QUARANTINED)
                .toList();
    }

    public static List<UnreadableControlRecord> unreadable(Installation installation) {
        List<ControlImage.UnknownRecord> unknown =
                new ArrayList<>(installation.image().unknown().values());
        return last(unknown).stream()
                .map(u -> new UnreadableControlRecord(u.key(), u.offset(), u.reason()))
                .toList();
    }

    /** Ruleset name to digest. */
    public static Map<String, String> digests(Installation installation) {
        Map<String, String> digests = new TreeMap<>();
        installation.active().byName().forEach((name, ruleset) -> digests.put(name, ruleset.digest()));
        return digests;
    }

    /** The reload report of a ruleset on one instance; empty when it never ran a version. */
    public static Optional<ReloadReport> report(RulesetStatus status) {
        String json = status.getReport();
        try {
            return json == null ? Optional.empty() : Optional.of(JSON.readValue(json, ReloadReport.class));
        } catch (JsonProcessingException e) {
            // An instance of another build: its report is not worth failing for.
            return Optional.empty();
        }
    }

    private static RefusedVersion refused(RulesetImage.Refusal refusal) {
        return new RefusedVersion(
                refusal.version(),
                refusal.offset(),
                last(refusal.problems()).stream().map(StatusReport::problem).toList());
    }

    private static ProblemRecord problem(Problem problem) {
        return new ProblemRecord(
                problem.code(),
                problem.isError() ? Severity.ERROR : Severity.WARNING,
                problem.rule(),
                problem.line(),
                problem.column(),
                problem.message());
    }

    private static @Nullable String json(@Nullable ReloadReport report) {
        if (report == null) {
            return null;
        }
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is made of plain values", e);
        }
    }

    private static <T> List<T> last(List<T> all) {
        return all.subList(Math.max(0, all.size() - MAX_LISTED), all.size());
    }
}
