package dev.sluice.cli;

import dev.sluice.app.Rollout;
import dev.sluice.app.Standing;
import dev.sluice.deployment.Deployment;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Shows how a version goes on: on a terminal one line that is drawn again and again, elsewhere a line a transition; nothing
 * where scripts read. Ctrl-C ends the watch, not the rollout.
 */
final class RolloutWatch {
    private static final Duration POLL = Duration.ofMillis(100);

    private final CommonOptions common;
    private final Rollout rollout;
    private final long version;
    private final boolean redraws;

    RolloutWatch(CommonOptions common, Rollout rollout, long version) {
        this.common = common;
        this.rollout = rollout;
        this.version = version;
        this.redraws = Terminal.isThere() && !common.json();
    }

    /** Until {@code isEnough}. */
    Standing until(Predicate<Standing> isEnough) {
        Terminal terminal = new Terminal(common.err());
        try (Interruption interruption =
                Interruption.telling(common.err(), "the rollout goes on: see 'sluice status --watch'")) {
            while (true) {
                for (Deployment change : rollout.poll(POLL)) {
                    tell(change);
                }
                Standing standing = rollout.standing(version);
                if (redraws) {
                    terminal.redraw(RolloutText.line(standing));
                }
                if (isEnough.test(standing)) {
                    return standing;
                }
            }
        } finally {
            if (redraws) {
                terminal.clear();
            }
        }
    }

    private void tell(Deployment change) {
        if (!redraws && !common.json() && change.version() == version) {
            common.say(RolloutText.transition(change));
        }
    }
}
