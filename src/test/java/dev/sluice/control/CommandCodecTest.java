package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.Deployment;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CommandCodecTest {
    private static final List<Command.Move> MOVES = List.of(
            new Command.Activate(null),
            new Command.Activate(3L),
            new Command.Advance(),
            new Command.Pause(),
            new Command.Resume(),
            new Command.Promote(),
            new Command.Abort(),
            new Command.Rollback(null),
            new Command.Rollback(2L),
            new Command.Release("late"),
            new Command.Settings(null),
            new Command.Settings("limits: { splits: 2 }"));

    @Test
    void everyMoveComesBackAsItWas() {
        assertThat(MOVES.stream().map(Object::getClass).distinct())
                .as("all moves there are")
                .hasSizeGreaterThanOrEqualTo(
                        Objects.requireNonNull(Command.Move.class.getPermittedSubclasses()).length);
        for (Command.Move move : MOVES) {
            Command command = new Command("id", new Deployment.Origin("ann", "why"), move);
            assertThat(CommandCodec.of(CommandCodec.record("flights", command, Instant.EPOCH)))
                    .contains(command);
        }
    }
}
