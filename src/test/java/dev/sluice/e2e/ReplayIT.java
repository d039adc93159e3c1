package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.EventSender;
import dev.sluice.schema.Alert;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A rule fails on some events, a version mends it, and a replay makes up for the alerts. */
final class ReplayIT {
    private static final int EVENTS = 1_500;
    private static final String RULES = """
            ruleset: proof
            rules:
              - id: ratio
                from: Flight
                when: delay_minutes > 10
                emit: { type: Ratio, topic: %s, fields: { n: "%s" } }
              - id: steep
                from: Ratio
                when: n > 2
                emit: { type: Steep, fields: { n: n * 10 } }
              - id: counted
                from: Flight
                window: { count: 3 }
                aggregate: { c: count() }
                emit: { type: Counted, fields: { n: c } }
            """;
    private static final String BROKEN = "1000 / (distance_miles % 3)";
    private static final String MENDED = "distance_miles % 3 == 0 ? 5 : 1000 / (distance_miles % 3)";

    private static void sendAll(Sandbox sandbox) {
        EventSender sender = sandbox.sender();
        for (int number = 0; number < EVENTS; number++) {
            sender.send(sandbox.flight(number, number % 30));
        }
        sender.flush();
        sandbox.awaitEvaluated();
    }

    private static String rules(Sandbox sandbox, String value) {
        return RULES.formatted(sandbox.special(), value);
    }

    private static CommandRun replay(Sandbox sandbox, String rule, String... more) {
        List<String> all = new ArrayList<>(List.of("replay", "proof", "--rule", rule, "--output", "json"));
        all.addAll(Arrays.asList(more));
        return CommandRun.in(sandbox, all.toArray(String[]::new));
    }

    /** What an alert says, by its id without the topics' prefix. */
    private static Map<String, Map<String, Object>> alerts(Sandbox sandbox) {
        String prefix = sandbox.special().replace(".special", "");
        List<Alert> all = new ArrayList<>(sandbox.alerts());
        all.addAll(sandbox.alerts(sandbox.special()));
        Map<String, Map<String, Object>> byId = new HashMap<>();
        for (Alert alert : all) {
            Map<String, Object> said = Map.of(
                    "rule", alert.getRule(),
                    "key", alert.getKey(),
                    "time", alert.getEventTime(),
                    "fields", alert.getFields());
            assertThat(byId.put(alert.getId().replace(prefix, ""), said))
                    .as("twice: " + alert.getId())
                    .isNull();
        }
        return byId;
    }

    @Test
    void makesUpForExactlyTheAlertsThatAreOwed() {
        try (Sandbox sandbox = Sandbox.create();
                Sandbox fromTheStart = Sandbox.create()) {
            sandbox.start("one");
            sandbox.publish("proof", rules(sandbox, BROKEN));
            sendAll(sandbox);
            fromTheStart.start("one");
            fromTheStart.publish("proof", rules(fromTheStart, MENDED));
            sendAll(fromTheStart);
            Map<String, Map<String, Object>> expected = alerts(fromTheStart);
            int before = alerts(sandbox).size();
            int missing = expected.size() - before;
            assertThat(missing).isGreaterThan(500);

            awaitApart(sandbox);
            refuses(sandbox, "ratio", "in quarantine");
            assertThat(CommandRun.in(sandbox, "release", "proof", "ratio").code())
                    .isZero();
            CommandRun stillBroken = replay(sandbox, "ratio", "--dry-run");
            assertThat(stillBroken.code()).isEqualTo(1);
            assertThat(stillBroken.json().at("/failing/first").asText()).contains("division by zero");
            assertThat(stillBroken.json().at("/failing/letters").asLong()).isPositive();
            long letters = stillBroken.json().get("letters").asLong();
            assertThat(stillBroken.json().get("sent").asLong())
                    .as("those that were set aside unasked, and would not have failed")
                    .isLessThan(missing);

            sandbox.publish("proof", rules(sandbox, MENDED));
            CommandRun dry = replay(sandbox, "ratio", "--dry-run");
            assertThat(dry.code()).as(dry.err()).isZero();
            assertThat(dry.json().get("sent").asLong()).isEqualTo(missing);
            assertThat(alerts(sandbox)).as("a dry run sends nothing").hasSize(before);

            CommandRun late = replay(sandbox, "ratio", "--since", "2030-01-01T00:00:00Z");
            assertThat(late.json().get("letters").asLong()).isZero();

            CommandRun run = replay(sandbox, "ratio");
            assertThat(run.code()).as(run.err()).isZero();
            JsonNode told = run.json();
            assertThat(told.get("version").asLong()).isEqualTo(2);
            assertThat(told.get("letters").asLong()).isEqualTo(letters);
            assertThat(told.get("sent").asLong()).isEqualTo(missing);
            assertThat(alerts(sandbox)).isEqualTo(expected);

            CommandRun again = replay(sandbox, "ratio");
            assertThat(again.code()).isZero();
            assertThat(again.json().get("sent").asLong()).isZero();
            assertThat(again.json().get("alreadyThere").asLong()).isEqualTo(missing);
            assertThat(alerts(sandbox)).hasSize(expected.size());

            CommandRun people = CommandRun.in(sandbox, "replay", "proof", "--rule", "ratio");
            assertThat(people.out()).contains("evaluated with version 2", "0 alerts sent", "already there");
            refuses(sandbox, "counted", "windows");
            refuses(sandbox, "gone", "has no rule gone");
        }
    }

    private static void awaitApart(Sandbox sandbox) {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(() -> CommandRun.in(sandbox, "status", "--output", "json")
                        .json()
                        .at("/quarantines/0/rule")
                        .asText()
                        .equals("ratio"));
    }

    private static void refuses(Sandbox sandbox, String rule, String why) {
        CommandRun refused = CommandRun.in(sandbox, "replay", "proof", "--rule", rule);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("is refused", why);
        assertThat(replay(sandbox, rule).json().get("accepted").asBoolean()).isFalse();
    }
}
