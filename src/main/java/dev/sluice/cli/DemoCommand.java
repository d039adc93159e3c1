package dev.sluice.cli;

import dev.sluice.app.Cluster;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.demo.BrokerOptions;
import dev.sluice.demo.CanaryDemo;
import dev.sluice.demo.DemoRun;
import dev.sluice.demo.DepartureDemo;
import dev.sluice.demo.LocalCluster;
import dev.sluice.deployment.Deployment;
import dev.sluice.ruleset.ReloadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice demo}: 20,000 real departures, and a change of their rules on the way. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Replays 20,000 real departures on a broker in this process and changes their rules half-way. Then a version",
            "goes out in stages, and a bad one is taken back by itself. Writes every alert to files.",
        })
final class DemoCommand implements Callable<Integer> {
    private static final long EVENTS = 20_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            defaultValue = "${env:SLUICE_HOME:-.}",
            description = "Folder with data/, rules/ and topics.yaml (default: that of this program).")
    private Path home = Path.of(".");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "target/demo/alerts.jsonl",
            description =
                    "Where every alert goes, a JSON object a line (default: target/demo/alerts.jsonl); those of the canaries"
                            + " go to canary-FILE beside it.")
    private Path out = Path.of("target/demo/alerts.jsonl");

    @Override
    public Integer call() {
        long begin = System.nanoTime();
        try (LocalCluster cluster = LocalCluster.start(BrokerOptions.temporary(), 0)) {
            common.say("broker    " + cluster.bootstrapServers() + ", ready after " + since(begin));
            SluiceConfig config = common.loadWithTopics(home.resolve("topics.yaml"), cluster.overrides());
            common.say("topics    " + Cluster.createTopics(config) + " created");
            long engineBegin = System.nanoTime();
            try (RulesEngine engine = RulesEngine.start(config);
                    Narration narration = new Narration()) {
                common.say("engine    ready after " + since(engineBegin));
                DemoRun run = new DemoRun(config, engine, home);
                DepartureDemo.Outcome outcome = new DepartureDemo(run, narration).run(out);
                narration.close();
                print(outcome, narration.activationsMs, begin);
                canary(run);
            }
        }
        return Exit.OK;
    }

    private void print(DepartureDemo.Outcome outcome, List<Long> activationsMs, long begin) {
        common.say("");
        Table table = new Table("RULE", "VERSION 1", "VERSION 2");
        outcome.alertsByRuleAndVersion().forEach((rule, counts) -> table.row(rule, count(counts, 1), count(counts, 2)));
        table.print(common.out());
        common.say("");
        common.say(String.format(
                "%,d events, %,d alerts, %,d dead letters in %s; publish to active: median %d ms",
                outcome.events(), outcome.alerts(), outcome.deadLetters(), since(begin), median(activationsMs)));
        common.say("alerts: " + out);
    }

    private void canary(DemoRun run) {
        long begin = System.nanoTime();
        common.say("");
        common.say(
                "The same departures again and again, while version 3 goes out to a growing share of the airports, and");
        common.say("then version 4, which divides by the minutes of delay.");
        common.say("");
        Path file = out.resolveSibling("canary-" + out.getFileName());
        CanaryDemo.Outcome outcome = new CanaryDemo(run, this::tell).run(file);
        common.say("");
        Table table = new Table("RULE", "VERSION 2", "VERSION 3", "VERSION 4");
        outcome.alertsByRuleAndVersion()
                .forEach((rule, counts) -> table.row(rule, count(counts, 2), count(counts, 3), count(counts, 4)));
        table.print(common.out());
        common.say("");
        common.say(String.format(
                "version 4 decided about %,d of %,d events and failed on %,d, which are in the dead letters",
                outcome.bad().getEvaluations(), outcome.events(), outcome.bad().getErrors()));
        common.say(String.format("%,d alerts in %s: %s", outcome.alerts(), since(begin), file));
    }

    private void tell(Deployment deployment) {
        common.say("rules     " + RolloutText.transition(deployment));
    }

    private static String count(Map<Long, Long> counts, long version) {
        Long count = counts.get(version);
        return count == null ? "-" : String.format("%,d", count);
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String since(long begin) {
        return String.format("%.1f s", (System.nanoTime() - begin) / 1e9);
    }

    /** Tells the demonstration's steps as they happen. */
    private final class Narration implements DepartureDemo.Listener, AutoCloseable {
        private final List<Long> activationsMs = new ArrayList<>();
        private @Nullable Progress progress;

        @Override
        public void activated(long version, long activeAfterMs, ReloadReport report) {
            activationsMs.add(activeAfterMs);
            common.say("rules     version " + version + " active after " + activeAfterMs + " ms");
            ReportText.lines(report).forEach(line -> common.say("            " + line));
            progress = new Progress("events    ", "events", EVENTS / 2);
        }

        @Override
        public void sent() {
            if (progress != null) {
                progress.step();
            }
        }

        @Override
        public void evaluated(long events, Duration took) {
            close();
            common.say(String.format(
                    "events    %,d sent, evaluated and committed: %,.0f events/s",
                    events, events * 1e9 / took.toNanos()));
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
                progress = null;
            }
        }
    }
}
