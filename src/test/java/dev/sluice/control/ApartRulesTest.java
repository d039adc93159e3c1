package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which rules an instance leaves out. */
class ApartRulesTest {
    private static final EventTypes TYPES = new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))), Set.of());

    private final Installations installations = new Installations(TYPES);

    @Test
    void theVeryRuleIsApartInEveryVersionThatSaysTheSame() {
        Installation first = installations.publish("flights", 1, rules("r", 10, "s", 10));
        installations.quarantine("flights", rule(first, "r"));
        Installation same = installations.publish("flights", 2, rules("r", 10, "s", 20));
        Installation other = installations.publish("flights", 3, rules("r", 11, "s", 20));

        assertThat(same.arms().isApart(rule(same, "r"))).isTrue();
        assertThat(same.arms().isApart(rule(same, "s"))).isFalse();
        assertThat(same.apart("flights")).containsExactly("r");
        assertThat(other.arms().isApart(rule(other, "r"))).isFalse();
        assertThat(other.apart("flights")).isEmpty();
    }

    @Test
    void aRuleOfTheSameNameInAnotherRulesetIsNot() {
        installations.publish("flights", 1, rules("r", 10, "s", 10));
        installations.publish("others", 1, rules("r", 10, "s", 10).replace("flights", "others"));
        Installation now = installations.quarantine(
                "flights",
                installations
                        .current()
                        .read()
                        .active()
                        .byName()
                        .get("flights")
                        .rules()
                        .get(0));

        assertThat(now.apart("others")).isEmpty();
        assertThat(now.arms()
                        .isApart(now.active().byName().get("others").rules().get(0)))
                .isFalse();
    }

    @Test
    void nothingIsMadeAnewWhereNothingChanged() {
        Installation first = installations.publish("flights", 1, rules("r", 10, "s", 10));
        Installation apart = installations.quarantine("flights", rule(first, "r"));
        Installation again = installations.quarantine("flights", rule(first, "r"));

        assertThat(apart.arms()).isNotSameAs(first.arms());
        assertThat(apart.indexes()).isSameAs(first.indexes());
        assertThat(again.arms()).isSameAs(apart.arms());
    }

    private static CompiledRule rule(Installation installation, String id) {
        return installation.active().byName().get("flights").rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String rules(String one, int threshold, String other, int otherThreshold) {
        return "ruleset: flights\nrules:\n" + rule(one, threshold) + rule(other, otherThreshold);
    }

    private static String rule(String id, int threshold) {
        return "  - id: " + id + "\n    from: Flight\n    when: delay > " + threshold + "\n    emit: { type: Late"
                + id.toUpperCase(java.util.Locale.ROOT) + ", fields: { d: delay } }\n";
    }
}
