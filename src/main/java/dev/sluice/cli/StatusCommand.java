package dev.sluice.cli;

import dev.sluice.app.FleetStanding;
import dev.sluice.deployment.Deployment;
import dev.sluice.schema.InstanceStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice status}: every deployment and every instance, as its evaluating threads read it. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows where every deployment stands, and of every instance what its evaluating threads run,",
            "what was refused and why.",
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--all", description = "Also instances that are gone for more than ten minutes.")
    private boolean all;

    @Option(names = "--watch", description = "Show it anew each second until interrupted.")
    private boolean watch;

    @Override
    public Integer call() {
        try (FleetStanding standing = new FleetStanding(common.load())) {
            if (!watch) {
                show(view(standing));
            } else if (Terminal.isThere() && !common.json()) {
                redraw(standing);
            } else {
                tellChanges(standing);
            }
        }
        return Exit.OK;
    }

    private StatusView view(FleetStanding standing) {
        return StatusView.of(standing, status -> all || isRecent(status, standing));
    }

    private static boolean isRecent(InstanceStatus status, FleetStanding standing) {
        return status.getReportedAt().plus(FORGOTTEN_AFTER).isAfter(standing.now());
    }

    private void show(StatusView view) {
        if (common.json()) {
            common.printJson(StatusJson.of(view));
        } else {
            StatusTables.print(view, common.out());
        }
    }

    private void redraw(FleetStanding standing) {
        Terminal terminal = new Terminal(common.out());
        while (isWanted()) {
            terminal.clearScreen();
            show(view(standing));
            standing.poll(BETWEEN);
        }
    }

    /** Where nothing can be drawn again: a line for each deployment that changed; all of it for scripts. */
    private void tellChanges(FleetStanding standing) {
        Map<String, Deployment> told = new HashMap<>();
        while (isWanted()) {
            if (common.json()) {
                common.say(StatusJson.of(view(standing)).toString());
            } else {
                for (Deployment of : standing.deployments()) {
                    if (!of.equals(told.put(of.ruleset(), of))) {
                        common.say(RolloutText.transition(of));
                    }
                }
            }
            standing.poll(BETWEEN);
        }
    }

    private boolean isWanted() {
        return !Thread.currentThread().isInterrupted() && !common.out().checkError();
    }
}
