package dev.sluice.cli;

import dev.sluice.deployment.Command.Abort;
import dev.sluice.deployment.Command.Activate;
import dev.sluice.deployment.Command.Advance;
import dev.sluice.deployment.Command.Move;
import dev.sluice.deployment.Command.Pause;
import dev.sluice.deployment.Command.Promote;
import dev.sluice.deployment.Command.Resume;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands to a deployment that need no more than to be sent. */
final class MoveCommands {
    private MoveCommands() {}

    /** {@code sluice activate RULESET}. */
    @Command(
            name = "activate",
            description = "Lets a staged version go on, or with --version deploys a version that was published before.")
    static final class ActivateCommand extends MoveCommand {
        @Option(names = "--version", paramLabel = "N", description = "The version (default: the staged one).")
        private @Nullable Long version;

        @Override
        Move move() {
            return new Activate(version);
        }
    }

    /** {@code sluice advance RULESET}. */
    @Command(
            name = "advance",
            description = "Gives a canary the share of its next stage; the present one must be over.")
    static final class AdvanceCommand extends MoveCommand {
        @Override
        Move move() {
            return new Advance();
        }
    }

    /** {@code sluice pause RULESET}. */
    @Command(name = "pause", description = "Lets a rollout stand still; the version keeps the keys that it has.")
    static final class PauseCommand extends MoveCommand {
        @Override
        Move move() {
            return new Pause();
        }
    }

    /** {@code sluice resume RULESET}. */
    @Command(name = "resume", description = "Lets a paused rollout go on; its stage begins anew.")
    static final class ResumeCommand extends MoveCommand {
        @Override
        Move move() {
            return new Resume();
        }
    }

    /** {@code sluice promote RULESET}. */
    @Command(name = "promote", description = "Gives the version on its way all keys at once.")
    static final class PromoteCommand extends MoveCommand {
        @Override
        Move move() {
            return new Promote();
        }
    }

    /** {@code sluice abort RULESET}. */
    @Command(name = "abort", description = "Takes the version on its way back; the one before has all keys at once.")
    static final class AbortCommand extends MoveCommand {
        @Override
        Move move() {
            return new Abort();
        }
    }
}
