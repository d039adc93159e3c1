package dev.sluice.cli;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Figures;
import dev.sluice.deployment.Quarantine;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.ProblemRecord;
import dev.sluice.schema.RefusedVersion;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.schema.UnreadableControlRecord;
import dev.sluice.schema.WindowStatus;
import dev.sluice.schema.WorkerStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status for people: deployments, rules in quarantine, instances, what each reads, the arms of what is split, windows, refusals. */
final class StatusTables {
    private static final int DIGEST_CHARS = 19;

    private final StatusView view;
    private final PrintWriter out;

    private StatusTables(StatusView view, PrintWriter out) {
        this.view = view;
        this.out = out;
    }

    static void print(StatusView view, PrintWriter out) {
        new StatusTables(view, out).print();
        out.flush();
    }

    private void print() {
        if (!view.deployments().isEmpty()) {
            deployments();
        }
        if (!view.quarantines().isEmpty()) {
            quarantines();
        }
        if (view.instances().isEmpty()) {
            out.println("No instance has reported. Start one with 'sluice run'.");
            return;
        }
        instances();
        out.println();
        if (view.instances().stream().allMatch(status -> status.getRulesets().isEmpty())) {
            out.println("No ruleset is published. Publish one with 'sluice publish FILE'.");
        } else {
            rulesets();
        }
        if (!view.arms().isEmpty()) {
            arms();
        }
        if (view.instances().stream().anyMatch(status -> !status.getWindows().isEmpty())) {
            windows();
        }
        view.instances().forEach(this::refused);
    }

    private void deployments() {
        Table table = new Table("RULESET", "ACTIVE", "CANDIDATE", "KEYS", "STATE", "SINCE", "NEXT", "REASON");
        for (Deployment of : view.deployments()) {
            Deployment.Routing routing = of.routing();
            boolean isOver = of.state().isOver();
            table.row(
                    of.ruleset(),
                    dash(routing.stable()),
                    isOver ? "-" : of.version(),
                    isOver ? "-" : StateText.percent(of),
                    of.state().word(),
                    TimeText.ago(of.state().since(), view.now()),
                    StateText.until(of)
                            .map(until -> "in " + TimeText.left(until, view.now()))
                            .orElse("-"),
                    StateText.reason(of.state()).isEmpty() ? "-" : StateText.reason(of.state()));
        }
        table.print(out);
        out.println();
    }

    private void quarantines() {
        Table table = new Table("IN QUARANTINE", "RULE", "STATE", "SINCE", "VERSION", "APART ON", "REASON");
        for (Quarantine of : view.quarantines()) {
            table.row(
                    of.ruleset(),
                    of.rule(),
                    of.state().word(),
                    TimeText.ago(of.since(), view.now()),
                    of.version(),
                    view.apartOn(of) + " of " + view.live().size(),
                    of.origin().reason().isEmpty() ? "-" : of.origin().reason());
        }
        table.print(out);
        out.println();
    }

    private void instances() {
        Table table = new Table(
                "INSTANCE",
                "STATE",
                "REPORTED",
                "WORKERS",
                "PARTITIONS",
                "EVENTS",
                "ALERTS",
                "DEAD",
                "REVISION",
                "BEHIND",
                "SETTINGS");
        for (InstanceStatus status : view.instances()) {
            Duration behind = view.behind(status);
            table.row(
                    status.getInstance(),
                    state(status),
                    TimeText.ago(status.getReportedAt(), view.now()),
                    status.getWorkers().size(),
                    partitions(status),
                    figure(status, "events"),
                    figure(status, "alerts"),
                    figure(status, "deadLetters"),
                    "@" + status.getControlOffset(),
                    behind.isZero() ? "-" : TimeText.of(behind),
                    status.getSettings() == 0 ? "-" : status.getSettings());
        }
        table.print(out);
    }

    private void rulesets() {
        Table table = new Table(
                "RULESET",
                "INSTANCE",
                "SERVES",
                "DIGEST",
                "RULES",
                "READ BY ITS THREADS",
                "PREPARED",
                "REFUSED",
                "INSTALLED");
        for (InstanceStatus status : view.instances()) {
            for (RulesetStatus ruleset : status.getRulesets()) {
                table.row(
                        ruleset.getName(),
                        status.getInstance(),
                        serves(ruleset),
                        shortDigest(ruleset.getDigest()),
                        ruleset.getRules(),
                        read(status, ruleset),
                        list(ruleset.getPrepared().stream()),
                        list(ruleset.getRefused().stream().map(RefusedVersion::getVersion)),
                        ruleset.getInstalledAt() == null ? "-" : TimeText.ago(ruleset.getInstalledAt(), view.now()));
            }
        }
        table.print(out);
    }

    private void arms() {
        Table table = new Table(
                "RULESET",
                "VERSION",
                "ARM",
                "EVALUATIONS",
                "ERRORS",
                "TIMEOUTS",
                "AVERAGE",
                "P99",
                "ALERTS/EVALUATION");
        for (ArmFigures arm : view.arms()) {
            Figures figures = arm.figures();
            table.row(
                    arm.ruleset(),
                    arm.version(),
                    arm.arm(),
                    figures.evaluations(),
                    figures.errors(),
                    figures.timeouts(),
                    micros(figures.averageNanos()),
                    micros((double) figures.p99Nanos()),
                    String.format(Locale.ROOT, "%.4f", figures.alertRate()));
        }
        out.println();
        table.print(out);
    }

    private void windows() {
        Table windows = new Table("WINDOW STATE OF", "INSTANCE", "IN FORCE", "KEYS", "BYTES", "LATE");
        for (InstanceStatus status : view.instances()) {
            for (WindowStatus window : status.getWindows()) {
                windows.row(
                        window.getRuleset() + "/" + window.getRule(),
                        status.getInstance(),
                        window.getInForce() ? "yes" : "no",
                        window.getKeys(),
                        window.getBytes(),
                        window.getLate());
            }
        }
        out.println();
        windows.print(out);
    }

    private void refused(InstanceStatus status) {
        for (RulesetStatus ruleset : status.getRulesets()) {
            for (RefusedVersion refused : ruleset.getRefused()) {
                out.println("\nrefused: " + ruleset.getName() + " version " + refused.getVersion() + " by "
                        + status.getInstance() + " (control offset " + refused.getOffset() + ")");
                for (ProblemRecord problem : refused.getProblems()) {
                    String place = problem.getLine() == 0 ? "" : problem.getLine() + ":" + problem.getColumn() + ": ";
                    out.println("  " + place + problem.getCode() + ": " + problem.getMessage());
                }
            }
        }
        for (UnreadableControlRecord record : status.getUnreadable()) {
            out.println("\nunreadable control record '" + record.getKey() + "' at offset " + record.getOffset() + ": "
                    + record.getReason());
        }
    }

    private String state(InstanceStatus status) {
        String state = view.isLive(status) ? status.getState().name() : "GONE";
        return status.getStateReason().isEmpty() ? state : state + " (" + status.getStateReason() + ")";
    }

    /** {@code 7}, or {@code 7, of 25 % of the keys 8}. */
    private static String serves(RulesetStatus ruleset) {
        String split = ruleset.getCandidate() == null
                ? ""
                : ", of " + StateText.percent(ruleset.getWeight()) + " of the keys " + ruleset.getCandidate();
        return dash(ruleset.getActive()) + split;
    }

    /** The digests that the evaluating threads last read, one when they agree; and whether they read the split. */
    private static String read(InstanceStatus status, RulesetStatus ruleset) {
        TreeSet<String> digests = new TreeSet<>();
        for (WorkerStatus worker : status.getWorkers()) {
            digests.add(shortDigest(worker.getDigests().get(ruleset.getName())));
        }
        if (digests.isEmpty()) {
            return "no thread has partitions";
        }
        return String.join(", ", digests) + (ruleset.getInUse() ? "" : " (not all of it)");
    }

    private static String list(Stream<Long> versions) {
        String list = versions.map(String::valueOf).collect(Collectors.joining(", "));
        return list.isEmpty() ? "-" : list;
    }

    private static int partitions(InstanceStatus status) {
        return status.getWorkers().stream()
                .mapToInt(w -> w.getPartitions().size())
                .sum();
    }

    private static long figure(InstanceStatus status, String name) {
        return status.getFigures().getOrDefault(name, 0L);
    }

    private static String micros(double nanos) {
        return nanos == 0 ? "-" : String.format(Locale.ROOT, "%.1f us", nanos / 1000);
    }

    private static String dash(@Nullable Long version) {
        return version == null ? "-" : Long.toString(version);
    }

    private static String shortDigest(@Nullable String digest) {
        return digest == null ? "-" : digest.substring(0, Math.min(DIGEST_CHARS, digest.length()));
    }
}
