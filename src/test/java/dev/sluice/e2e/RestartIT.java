package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EventSender;
import dev.sluice.app.Publication;
import dev.sluice.app.RulesEngine;
import dev.sluice.control.Installation;
import dev.sluice.schema.Alert;
import dev.sluice.testing.ControlWriter;
import dev.sluice.testing.Sandbox;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A restart gives what a running engine has. */
class RestartIT {

    @Test
    void aVersionPublishedWhileTheEngineWasDownIsActiveBeforeTheFirstEvent() {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine first = sandbox.start("restarted");
            sandbox.publish(OneVersionEach.RULESET, OneVersionEach.rules(1));
            first.close();

            try (Publication publication = new Publication(sandbox.config("publisher"))) {
                sandbox.publishUnwaited(publication, OneVersionEach.RULESET, OneVersionEach.rules(2));
            }
            try (EventSender sender = sandbox.sender()) {
                for (int number = 0; number < 200; number++) {
                    sender.send(sandbox.flight(number, number % 60));
                }
                sender.flush();
            }
            sandbox.start("restarted");
            sandbox.awaitEvaluated();

            OneVersionEach.assertExact(sandbox.alerts(), 200);
            assertThat(sandbox.alerts()).extracting(Alert::getVersion).containsOnly(2L);
        }
    }

    @Test
    void anySequenceOfControlRecordsGivesTheSameImageLiveAndAfterARestart() {
        long seed = System.nanoTime();
        System.out.println("RestartIT seed " + seed);
        Random random = new Random(seed);
        try (Sandbox sandbox = Sandbox.create();
                ControlWriter writer = new ControlWriter(sandbox.config("writer"))) {
            RulesEngine live = sandbox.start("live");
            for (int round = 0; round < 5; round++) {
                long last = -1;
                for (int i = 0; i < 40; i++) {
                    last = anyRecord(writer, random);
                }
                long end = last;
                Awaitility.await()
                        .atMost(Sandbox.LIMIT)
                        .until(() -> live.current().image().offset() >= end
                                && live.current().image().undecided().isEmpty());
                try (RulesEngine restarted = RulesEngine.start(sandbox.config("restarted-" + round))) {
                    // The decider may still take versions off that are too old.
                    Awaitility.await().atMost(Sandbox.LIMIT).untilAsserted(() -> {
                        assertThat(restarted.current().image())
                                .as("image, seed %d", seed)
                                .isEqualTo(live.current().image());
                        assertThat(running(restarted.current()))
                                .as("installed, seed %d", seed)
                                .isEqualTo(running(live.current()));
                    });
                }
            }
        }
    }

    private static long anyRecord(ControlWriter writer, Random random) {
        String name = random.nextBoolean() ? "alpha" : "beta";
        long version = 1L + random.nextInt(20);
        return switch (random.nextInt(9)) {
            case 0 -> writer.tombstone(name, version);
            case 1 -> writer.garbage("ruleset/" + name + "/" + version);
            case 2 -> writer.garbage("nonsense-" + random.nextInt(5));
            case 3 -> writer.wrongDigest(name, version, rules(name, random));
            case 4 -> writer.version(name, version, "ruleset: " + name + "\nrules: [ {id: broken} ]");
            default -> writer.version(name, version, rules(name, random));
        };
    }

    private static String rules(String name, Random random) {
        return "ruleset: " + name + "\nrules:\n  - id: r\n    from: Flight\n    when: delay_minutes > "
                + random.nextInt(5) + "\n    emit: { type: T, fields: { d: delay_minutes } }\n";
    }

    /** Ruleset name to version and digest of what is installed, and the refused versions. */
    private static Map<String, String> running(Installation installation) {
        TreeMap<String, String> running = new TreeMap<>();
        installation.rulesets().forEach((name, of) -> {
            String what = of.running() == null
                    ? "none"
                    : of.running().version() + " " + of.running().digest();
            running.put(name, what + " refused " + of.refused());
        });
        return running;
    }
}
