package dev.sluice.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code sluice}: the rules of a live Kafka stream, changed without stopping it. */
@Command(
        name = "sluice",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Changes the rules of a live Kafka stream without stopping it.",
        subcommands = {
            DemoCommand.class,
            DevCommand.class,
            RunCommand.class,
            TopicsCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            PlanCommand.class,
            PublishCommand.class,
            MoveCommands.ActivateCommand.class,
            MoveCommands.AdvanceCommand.class,
            MoveCommands.PauseCommand.class,
            MoveCommands.ResumeCommand.class,
            MoveCommands.PromoteCommand.class,
            MoveCommands.AbortCommand.class,
            RollbackCommand.class,
            ReleaseCommand.class,
            StatusCommand.class,
            HistoryCommand.class,
            AuditCommand.class,
            SettingsCommand.class,
            EventsCommand.class,
            AlertsCommand.class,
            ReplayCommand.class,
            LagCommand.class,
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  ok",
            "  1  refused, or problems found",
            "  2  wrong usage",
            "  3  the cluster cannot be reached",
            "  4  a deadline passed",
        })
public final class Main implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        System.out.flush();
        System.exit(code);
    }

    /** The command line, which writes to standard output and standard error unless it is given other writers. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new FailureHandler());
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Which command?");
        spec.commandLine().usage(err);
        return Exit.USAGE;
    }
}
