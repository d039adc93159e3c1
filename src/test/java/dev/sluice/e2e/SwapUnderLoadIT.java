package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EventSender;
import dev.sluice.app.Publication;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.schema.Alert;
import dev.sluice.testing.Sandbox;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A hundred versions are published while two hundred thousand events flow. */
class SwapUnderLoadIT {
    private static final long EVENTS = 200_000;
    private static final int VERSIONS = 100;

    @Test
    void everyEventIsEvaluatedOnceByOneActiveVersion() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            sandbox.start("swapped");
            sandbox.publish(OneVersionEach.RULESET, OneVersionEach.rules(1));
            AtomicLong versions = new AtomicLong(1);
            Thread events = new Thread(() -> send(sandbox, versions), "events");
            events.start();
            try (Publication publication = new Publication(sandbox.config("publisher"))) {
                for (long version = 2; version <= VERSIONS; version++) {
                    RulesetPublisher.Published each =
                            sandbox.publishUnwaited(publication, OneVersionEach.RULESET, OneVersionEach.rules(version));
                    assertThat(publication.await(each, Sandbox.LIMIT).kind()).isEqualTo(Publication.Kind.ACTIVE);
                    versions.incrementAndGet();
                }
            }
            events.join();
            sandbox.awaitEvaluated();

            List<Alert> alerts = sandbox.alerts();
            OneVersionEach.assertExact(alerts, EVENTS);
            TreeSet<Long> seen =
                    new TreeSet<>(alerts.stream().map(Alert::getVersion).toList());
            assertThat(seen).as("versions that evaluated events").hasSizeGreaterThan(VERSIONS / 2);
            assertThat(seen.last()).isEqualTo(VERSIONS);
        }
    }

    /** Sends without a pause as far as the versions have come, so that events flow through every swap. */
    private static void send(Sandbox sandbox, AtomicLong versions) {
        try (EventSender sender = sandbox.sender()) {
            for (long number = 0; number < EVENTS; number++) {
                while (number >= versions.get() * EVENTS / VERSIONS) {
                    Thread.sleep(1);
                }
                sender.send(sandbox.flight(number, (int) (number * 31 % 60)));
            }
            sender.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
