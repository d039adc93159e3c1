package dev.sluice.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.StateOutcome.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StateOutcomeTest {
    private static final EventType FLIGHT = new EventType(
            "Flight",
            List.of(
                    new Field("origin", Scalar.STRING),
                    new Field("destination", Scalar.STRING),
                    new Field("delay", Scalar.INT)));
    private static final EventType TRAIN = new EventType("Train", FLIGHT.fields());
    private static final String RULE = """
            - id: trouble
              from: Flight
              when: delay > 60
              partitionBy: origin
              window: { sliding: 6h, grace: 1m }
              aggregate: { late: count(), worst: max(delay) }
              having: late >= 3
              emit: { type: Trouble, fields: { airport: origin, late: late } }
            """;

    private static Ruleset ruleset(long version, String rules) {
        EventTypes types = new EventTypes(Map.of("Flight", FLIGHT, "Train", TRAIN), Set.of());
        return new Ruleset(
                new RuleCompiler(types)
                        .compile("ruleset: r\nrules:\n" + rules)
                        .definition()
                        .orElseThrow(),
                version,
                "digest " + version);
    }

    private static StateOutcome after(String from, String to) {
        assertThat(RULE).contains(from);
        return between(RULE, RULE.replace(from, to));
    }

    private static StateOutcome between(String before, String after) {
        List<StateOutcome> outcomes = StateOutcome.between(ruleset(1, before), ruleset(2, after));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    @Test
    void beginsStateForARuleThatIsNewOrHadNoWindow() {
        assertThat(StateOutcome.between(null, ruleset(1, RULE)))
                .containsExactly(new StateOutcome("trouble", Kind.NEW, 0, "the rule is new"));
        String alone = "- {id: trouble, from: Flight, emit: {type: Trouble, fields: {airport: origin, late: delay}}}\n";
        assertThat(between(alone, RULE).reason()).isEqualTo("the rule had no window before");
        assertThat(between(RULE, alone))
                .isEqualTo(new StateOutcome("trouble", Kind.DROPPED, 0, "the rule has no window any more"));
    }

    @Test
    void keepsStateThroughEditsThatDoNotTouchIt() {
        assertThat(after("late >= 3", "late >= 4")).isEqualTo(new StateOutcome("trouble", Kind.KEPT, 0, ""));
        assertThat(after("grace: 1m", "grace: 5m").kind()).isEqualTo(Kind.KEPT);
        assertThat(after("airport: origin,", "airport: origin, worst: worst,").kind())
                .isEqualTo(Kind.KEPT);
        assertThat(after(", worst: max(delay)", "").kind()).isEqualTo(Kind.KEPT);
        assertThat(after("sliding: 6h", "sliding: 1h").kind()).isEqualTo(Kind.KEPT);
    }

    @Test
    void saysThatTheWindowHoldsWhatTheOldConditionLetIn() {
        StateOutcome outcome = after("delay > 60", "delay > 30");
        assertThat(outcome.kind()).isEqualTo(Kind.KEPT);
        assertThat(outcome.text()).startsWith("state kept: its window holds events that the old condition let in");
    }

    @Test
    void saysFromWhenAWindowThatGrewIsExact() {
        StateOutcome outcome = after("sliding: 6h", "sliding: 7h30m");
        assertThat(outcome.kind()).isEqualTo(Kind.PARTLY);
        assertThat(outcome.text()).startsWith("state kept, exact 1h30m after the change");
        assertThat(after("worst: max(delay)", "worst: max(delay), mean: avg(delay)")
                        .exactAfterMs())
                .isEqualTo(6 * 3_600_000);
    }

    @Test
    void resetsStateThatCannotGoOnAndSaysWhy() {
        assertThat(after("partitionBy: origin", "partitionBy: [origin, destination]"))
                .isEqualTo(new StateOutcome("trouble", Kind.RESET, 0, "its key is origin, destination, before origin"));
        assertThat(after("from: Flight", "from: Train").reason()).isEqualTo("it reads Train, before Flight");
        assertThat(after("having", "state: anew\n  having").reason()).isEqualTo("its `state` is another text");
        assertThat(after("sliding: 6h, grace: 1m", "session: 6h").kind()).isEqualTo(Kind.RESET);
        assertThat(after("sliding: 6h, grace: 1m", "count: 6").kind()).isEqualTo(Kind.RESET);
    }

    @Test
    void feedsOnlyRulesWhoseStateDoesNotGoOnAsItIs() {
        Ruleset before = ruleset(1, RULE);
        assertThat(FedRules.of(before, ruleset(2, RULE.replace("late >= 3", "late >= 4"))))
                .isEmpty();
        Ruleset fed = FedRules.of(before, ruleset(2, RULE.replace("sliding: 6h", "sliding: 1h")))
                .orElseThrow();
        assertThat(fed.rules()).containsExactlyElementsOf(before.rules());
        assertThat(fed.version()).isEqualTo(1);
        assertThat(FedRules.of(before, ruleset(2, RULE.replace("trouble", "other"))))
                .isPresent();
    }
}
