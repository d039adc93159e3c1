package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.engine.FlightTopology.Flight;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.schema.Alert;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts that dead letters owe against those that the mended version makes of all events from the start. Reproduce with
 * {@code -Dsluice.seed=SEED}.
 */
final class OwedAlertsTopologyTest {
    private static final int EVENTS = 600;
    private static final String RULES = """
              - id: ratio
                from: Flight
                when: delay_minutes > 20
                emit: { type: Ratio, fields: { n: "%s" } }
              - id: steep
                from: Ratio
                when: n > 2
                emit: { type: Steep, fields: { n: n * 10 } }
              - id: counted
                from: Ratio
                window: { count: 3 }
                aggregate: { c: count() }
                emit: { trigger: each, type: Counted, fields: { n: c } }
              - id: other
                from: Flight
                when: 100 / delay_minutes > 3
                emit: { type: Other, fields: { n: delay_minutes } }
            """;
    private static final String BROKEN = RULES.formatted("1000 / distance_miles");
    private static final String MENDED = RULES.formatted("distance_miles == 0 ? 7 : 1000 / distance_miles");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private FlightTopology live;
    private FlightTopology mended;

    @BeforeEach
    void startTheTopologies() {
        System.out.println("OwedAlertsTopologyTest: -Dsluice.seed=" + seed);
        live = new FlightTopology("owed-alerts-live", StoreKind.MEMORY, folder.resolve("live"));
        mended = new FlightTopology("owed-alerts-mended", StoreKind.MEMORY, folder.resolve("mended"));
    }

    @AfterEach
    void stopTheTopologies() {
        live.close();
        mended.close();
    }

    private static Optional<Letter> letter(TestRecord<byte[], byte[]> record) {
        return Letter.read(new ConsumerRecord<>(
                "letters",
                0,
                0,
                record.timestamp(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty()));
    }

    private OwedAlerts owed(Ruleset ruleset, String rule, Set<CompiledRule> apart) {
        Arms arms = Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of("rules", ruleset))));
        return new OwedAlerts(
                live.topics(), live.serdes(), arms.apart(apart), RuleWay.of(ruleset, rule(ruleset, rule)));
    }

    private static CompiledRule rule(Ruleset ruleset, String id) {
        return ruleset.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Alert> byId(List<Alert> alerts) {
        Map<String, Alert> byId = new HashMap<>();
        for (Alert alert : alerts) {
            assertThat(byId.put(alert.getId(), alert)).as(alert.getId()).isNull();
        }
        return byId;
    }

    private static boolean isOfRatio(Alert alert) {
        return alert.getRule().equals("ratio") || alert.getRule().equals("steep");
    }

    @Test
    void whatIsOwedIsWhatTheMendedVersionMakesFromTheStart() {
        live.publish(1, BROKEN);
        mended.publish(2, MENDED);
        for (int i = 0; i < EVENTS; i++) {
            boolean mustBeApart = i == EVENTS / 4;
            if (mustBeApart || random.nextInt(50) == 0) {
                boolean isApart = mustBeApart || random.nextBoolean();
                live.apart(isApart ? new String[] {"1/ratio"} : new String[] {});
            }
            Flight flight = new Flight(
                    "A" + random.nextInt(5), i % 300, random.nextInt(60), random.nextInt(4) * random.nextInt(200));
            live.send(flight);
            mended.send(flight);
        }
        Map<String, Alert> made = byId(
                live.alerts().stream().filter(OwedAlertsTopologyTest::isOfRatio).toList());
        Map<String, Alert> expected = byId(mended.alerts().stream()
                .filter(OwedAlertsTopologyTest::isOfRatio)
                .toList());
        OwedAlerts owed = owed(mended.running(), "ratio", Set.of());
        List<Alert> replayed = new ArrayList<>();
        int untold = 0;
        for (TestRecord<byte[], byte[]> record : live.deadLetters()) {
            Letter letter = letter(record).orElseThrow();
            if (letter.isOf("rules", "ratio")) {
                OwedAlerts.Answer answer = owed.of(letter);
                assertThat(answer.failure()).isEmpty();
                assertThat(answer.obstacle()).isEmpty();
                untold += answer.untold();
                answer.alerts().forEach(alert -> {
                    Alert sent =
                            live.alert(alert.record().value(), alert.record().headers());
                    assertThat(alert.id()).isEqualTo(sent.getId());
                    assertThat(alert.topic()).isEqualTo("t.alerts");
                    replayed.add(sent);
                });
            }
        }

        assertThat(replayed).as("seed %d", seed).hasSizeGreaterThan(EVENTS / 20);
        assertThat(untold).as("seed %d", seed).isPositive();
        byId(replayed).forEach((id, alert) -> {
            assertThat(made).as("seed %d", seed).doesNotContainKey(id);
            assertThat(alert).as("seed %d", seed).isEqualTo(expected.remove(id));
        });
        made.forEach((id, alert) -> assertThat(alert.getFields())
                .as("seed %d, %s", seed, id)
                .isEqualTo(expected.remove(id).getFields()));
        assertThat(expected).as("seed %d", seed).isEmpty();
    }

    @Test
    void tellsWhatStillFailsAndWhatStandsBeforeTheRule() {
        live.publish(1, BROKEN);
        live.send(new Flight("A", 1, 30, 0));
        Letter letter = letter(live.deadLetters().get(0)).orElseThrow();
        Ruleset broken = live.running();
        mended.publish(2, MENDED);
        Ruleset after = mended.running();

        assertThat(owed(broken, "ratio", Set.of()).of(letter).failure()).isEqualTo("rule ratio: division by zero");
        assertThat(owed(broken, "steep", Set.of()).of(letter).failure()).isEqualTo("rule ratio: division by zero");
        assertThat(owed(broken, "other", Set.of()).of(letter).failure()).isEmpty();
        OwedAlerts.Answer waiting =
                owed(after, "steep", Set.of(rule(after, "ratio"))).of(letter);
        assertThat(waiting.failure()).isEqualTo("rule ratio is in quarantine");
        assertThat(waiting.alerts()).isEmpty();
    }

    @Test
    void anEventThatIsNotAtHandCannotBeReplayed() {
        live.publish(1, BROKEN);
        live.send(new Flight("A", 1, 30, 0));
        TestRecord<byte[], byte[]> record = live.deadLetters().get(0);
        OwedAlerts owed = owed(live.running(), "ratio", Set.of());
        byte[] damaged = {0, 0, 0, 0, 1, 2};

        assertThat(owed.of(letter(new TestRecord<>(record.key(), null, record.headers(), record.timestamp()))
                                .orElseThrow())
                        .obstacle())
                .contains("has no event");
        assertThat(owed.of(letter(new TestRecord<>(record.key(), damaged, record.headers(), record.timestamp()))
                                .orElseThrow())
                        .obstacle())
                .contains("cannot be read");
        RecordHeaders elsewhere = new RecordHeaders(record.headers());
        Alerts.add(elsewhere, "sluice-source", "trains-0-7");
        assertThat(owed.of(letter(new TestRecord<>(record.key(), record.value(), elsewhere, record.timestamp()))
                                .orElseThrow())
                        .obstacle())
                .contains("no event topic trains");
    }

    @Test
    void ruleNamesOfAnOlderLetterDoNotCount() {
        live.publish(1, BROKEN);
        live.send(new Flight("A", 1, 30, 0));
        RecordHeaders headers = new RecordHeaders();
        Alerts.add(headers, "sluice-code", "RULE_FAILED");
        Alerts.add(headers, "sluice-source", "flights-0-1");
        Alerts.add(headers, "sluice-rule", "rules/1/steep");
        live.deadLetters().get(0).headers().forEach(headers::add);
        Letter letter =
                letter(new TestRecord<>(new byte[0], new byte[0], headers, 1L)).orElseThrow();

        assertThat(letter.isOf("rules", "ratio")).isTrue();
        assertThat(letter.isOf("rules", "steep")).isFalse();
        assertThat(letter.isOf("rule", "ratio")).isFalse();
        assertThat(letter.position()).isEqualTo("flights-0-0");
    }

    @Test
    void aLetterOfAnEventThatCouldNotBeReadIsNone() {
        RecordHeaders headers = new RecordHeaders();
        Alerts.add(headers, "sluice-code", "UNDECODABLE");
        Alerts.add(headers, "sluice-source", "flights-0-1");

        assertThat(letter(new TestRecord<>(new byte[0], new byte[0], headers, 1L)))
                .isEmpty();
        assertThat(letter(new TestRecord<>(new byte[0], new byte[0], new RecordHeaders(), 1L)))
                .isEmpty();
    }

    @Test
    void onlyARuleThatAnEventAloneSetsOffCanBeReplayed() {
        live.publish(1, BROKEN + """
                  - { id: behind, from: Counted, emit: { type: Behind, fields: { n: n } } }
                  - { id: clock, every: 5s, emit: { type: Tick, fields: { n: 1 } } }
                """);
        Ruleset ruleset = live.running();

        assertThat(RuleWay.obstacle(ruleset, rule(ruleset, "steep"))).isEmpty();
        assertThat(RuleWay.obstacle(ruleset, rule(ruleset, "counted")).orElseThrow())
                .startsWith("has windows, and they cannot be replayed");
        assertThat(RuleWay.obstacle(ruleset, rule(ruleset, "behind")).orElseThrow())
                .startsWith("reads what rule counted emits, which has windows");
        assertThat(RuleWay.obstacle(ruleset, rule(ruleset, "clock")).orElseThrow())
                .startsWith("goes by the clock");
    }
}
