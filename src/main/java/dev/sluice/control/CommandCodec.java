package dev.sluice.control;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.Deployment;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command to its record and back. */
final class CommandCodec {
    private CommandCodec() {}

    static dev.sluice.schema.Command record(String ruleset, Command command, Instant sentAt) {
        return dev.sluice.schema.Command.newBuilder()
                .setId(command.id())
                .setRuleset(ruleset)
                .setMove(command.move().word())
                .setVersion(version(command.move()))
                .setText(command.move() instanceof Command.Settings settings ? settings.text() : null)
                .setRule(command.move() instanceof Command.Release release ? release.rule() : null)
                .setActor(command.origin().actor())
                .setReason(command.origin().reason())
                .setSentAt(sentAt)
                .build();
    }

    /** Empty for a move that this build does not know. */
    static Optional<Command> of(dev.sluice.schema.Command record) {
        return move(record)
                .map(move -> new Command(
                        record.getId(), new Deployment.Origin(record.getActor(), record.getReason()), move));
    }

    private static @Nullable Long version(Command.Move move) {
        if (move instanceof Command.Activate activate) {
            return activate.version();
        }
        return move instanceof Command.Rollback rollback ? rollback.to() : null;
    }

    private static Optional<Command.Move> move(dev.sluice.schema.Command record) {
        Long version = record.getVersion();
        String rule = record.getRule();
        return Optional.ofNullable(
                switch (record.getMove()) {
                    case "activate" -> new Command.Activate(version);
                    case "advance" -> new Command.Advance();
                    case "pause" -> new Command.Pause();
                    case "resume" -> new Command.Resume();
                    case "promote" -> new Command.Promote();
                    case "abort" -> new Command.Abort();
                    case "rollback" -> new Command.Rollback(version);
                    case "settings" -> new Command.Settings(record.getText());
                    case "release" -> new Command.Release(rule == null ? "" : rule);
                    default -> null;
                });
    }
}
