package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EventSender;
import dev.sluice.app.Publication;
import dev.sluice.schema.Alert;
import dev.sluice.testing.ChildEngine;
import dev.sluice.testing.Sandbox;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The engine is killed with -9 at random moments while events and versions flow. */
class KillE2eIT {
    private static final int KILLS = 5;

    @Test
    void losesNothingAndRepeatsNothingWhenKilledFiveTimes() throws Exception {
        long seed = System.nanoTime();
        System.out.println("KillE2eIT seed " + seed);
        Random random = new Random(seed);
        try (Sandbox sandbox = Sandbox.create()) {
            try (Publication publication = new Publication(sandbox.config("publisher"))) {
                sandbox.publishUnwaited(publication, OneVersionEach.RULESET, OneVersionEach.rules(1));
            }
            ChildEngine engine = sandbox.startChild("killed");
            AtomicLong sent = new AtomicLong();
            AtomicBoolean flowing = new AtomicBoolean(true);
            Thread events = new Thread(() -> sendWhile(flowing, sandbox, sent), "events");
            Thread versions = new Thread(() -> publishWhile(flowing, sandbox), "versions");
            events.start();
            versions.start();
            for (int kill = 0; kill < KILLS; kill++) {
                awaitProgress(sandbox);
                // The moment of the kill is the point of the test: any time within a commit interval or two.
                Thread.sleep(random.nextInt(700));
                engine.kill();
                engine = sandbox.startChild("killed");
            }
            awaitProgress(sandbox);
            flowing.set(false);
            events.join();
            versions.join();
            sandbox.awaitEvaluated();

            List<Alert> alerts = sandbox.alerts();
            OneVersionEach.assertExact(alerts, sent.get());
            assertThat(alerts.stream().map(Alert::getVersion).distinct().count())
                    .as("versions that evaluated events")
                    .isGreaterThan(KILLS);
            assertThat(engine.stop()).as("exit code after SIGTERM").isEqualTo(143);
        }
    }

    /** Waits until an engine commits alerts of events sent after now. */
    private static void awaitProgress(Sandbox sandbox) {
        sandbox.awaitCommittedBeyond(sandbox.committed() + 500);
    }

    private static void sendWhile(AtomicBoolean flowing, Sandbox sandbox, AtomicLong sent) {
        try (EventSender sender = sandbox.sender()) {
            while (flowing.get()) {
                long number = sent.getAndIncrement();
                sender.send(sandbox.flight(number, (int) (number * 31 % 60)));
                if (number % 20 == 0) {
                    Thread.sleep(10);
                }
            }
            sender.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void publishWhile(AtomicBoolean flowing, Sandbox sandbox) {
        try (Publication publication = new Publication(sandbox.config("publisher"))) {
            long version = 2;
            while (flowing.get()) {
                sandbox.publishUnwaited(publication, OneVersionEach.RULESET, OneVersionEach.rules(version++));
            }
        }
    }
}
