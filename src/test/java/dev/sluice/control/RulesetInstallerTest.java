package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesetInstallerTest {
    private static final String BAD = "ruleset: flights\nrules: [ {id: broken} ]\n";

    private final Installations installations = new Installations(new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))), Set.of()));

    @Test
    void installsTheHighestVersion() {
        publish(1, rules(10));
        publish(2, rules(20));

        assertThat(running().version()).isEqualTo(2);
        assertThat(flights().report()).isNotNull();
        assertThat(flights().report().difference().updated()).hasSize(1);
    }

    @Test
    void keepsTheLastGoodVersionWhenTheNextDoesNotCompile() {
        publish(1, rules(10));
        Ruleset good = running();
        publish(2, BAD);

        assertThat(running()).isSameAs(good);
        assertThat(flights().refused()).hasSize(1);
        assertThat(flights().refused().get(0).version()).isEqualTo(2);
        assertThat(flights().refused().get(0).problems()).isNotEmpty();
    }

    @Test
    void forgetsOldRefusalsWhenAGoodVersionComes() {
        publish(1, rules(10));
        publish(2, BAD);
        publish(3, rules(30));

        assertThat(running().version()).isEqualTo(3);
        assertThat(flights().refused()).isEmpty();
    }

    @Test
    void installsNothingWhileNoVersionCompiles() {
        publish(1, BAD);

        assertThat(flights().running()).isNull();
        assertThat(flights().refused()).hasSize(1);
        assertThat(installations.current().read().active().byName()).isEmpty();
    }

    @Test
    void refusesAFileOfAnotherRuleset() {
        installations.publish("other", 1, rules(10));

        assertThat(installations.current().read().rulesets().get("other").refused())
                .flatExtracting(RulesetImage.Refusal::problems)
                .extracting(problem -> problem.code())
                .containsExactly("name-mismatch");
    }

    @Test
    void removesAllRulesWithAnEmptyVersion() {
        publish(1, rules(10));
        publish(2, "ruleset: flights\nrules: []\n");

        assertThat(running().version()).isEqualTo(2);
        assertThat(running().rules()).isEmpty();
        assertThat(flights().report().difference().removed()).hasSize(1);
    }

    private void publish(long version, String source) {
        installations.publish("flights", version, source);
    }

    private Installation.OfRuleset flights() {
        return installations.current().read().rulesets().get("flights");
    }

    private Ruleset running() {
        return flights().running();
    }

    private static String rules(int threshold) {
        return "ruleset: flights\nrules:\n  - id: r\n    from: Flight\n    when: delay > " + threshold
                + "\n    emit: { type: Late, fields: { d: delay } }\n";
    }
}
