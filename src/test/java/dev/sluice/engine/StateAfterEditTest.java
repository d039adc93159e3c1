package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.evaluation.Emission;
import dev.sluice.evaluation.Sample;
import dev.sluice.ruleset.StateOutcome;
import dev.sluice.ruleset.StateOutcome.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one sees of a rule's state after an edit, where no fresh engine can tell it; see {@link EditSimulationTest}. */
final class StateAfterEditTest {
    private static final RuleText COUNT = new RuleText(
            Map.of(
                    "from", "Reading",
                    "when", "mark >= 2",
                    "partitionBy", "k",
                    "window", "{ tumbling: 100ms }",
                    "trigger", "close"),
            Map.of("c", "count()"));
    private static final RuleText SLIDING = COUNT.withWindow("sliding: 100ms").with("trigger", "each");
    private static final RuleText WITH_TOP = COUNT.withAggregates(Map.of("top", "max(n)"));

    private final RulesUnderTest engine = new RulesUnderTest();
    private int arrivals;

    private void publish(RuleText rule, StateOutcome expected) {
        assertThat(engine.publish(rule.text()).states()).containsExactly(expected);
    }

    private static StateOutcome kept() {
        return new StateOutcome("r", Kind.KEPT, 0, "");
    }

    private void event(long timeMs, long n) {
        int arrival = arrivals++;
        engine.event(new Sample(arrival, "readings-0-" + arrival, timeMs, "a", n, null, 2));
    }

    private List<Object> emitted(String field) {
        return engine.take().stream()
                .<Object>map(emission -> String.valueOf(emission.fields().get(field)))
                .toList();
    }

    @Test
    void aRemovedRuleIsSilentAndFindsItsStateFedWhenItComesBack() {
        publish(SLIDING, new StateOutcome("r", Kind.NEW, 0, "the rule is new"));
        event(1_000, 1);
        assertThat(emitted("c")).containsExactly("1");

        assertThat(engine.publish(RuleText.COPY).states())
                .containsExactly(new StateOutcome("r", Kind.DROPPED, 0, "the rule is removed"));
        event(1_010, 1);
        assertThat(engine.take()).isEmpty();

        publish(SLIDING, new StateOutcome("r", Kind.KEPT, 0, "it was fed since version 1 was in force"));
        event(1_020, 1);
        assertThat(emitted("c")).containsExactly("3");
    }

    @Test
    void aRuleThatWasResetFindsItsStateFedWhenItIsTakenBack() {
        engine.publish(SLIDING.text());
        event(1_000, 1);
        publish(SLIDING.with("state", "anew"), new StateOutcome("r", Kind.RESET, 0, "its `state` is another text"));
        event(1_010, 1);
        assertThat(emitted("c")).containsExactly("1", "1");
        publish(SLIDING, new StateOutcome("r", Kind.KEPT, 0, "it was fed since version 1 was in force"));
        event(1_020, 1);
        assertThat(emitted("c")).containsExactly("3");
    }

    @Test
    void anAddedAggregateIsNullOverEventsOfBeforeAlone() {
        engine.publish(COUNT.text());
        event(1_000, 7);
        publish(WITH_TOP, new StateOutcome("r", Kind.PARTLY, 100, "aggregates were added"));
        event(1_100, 3);
        event(1_200, 3);

        List<Emission> emissions = engine.take();
        assertThat(emissions).extracting(emission -> emission.fields().get("c")).containsExactly(1L, 1L);
        assertThat(emissions)
                .extracting(emission -> emission.fields().get("top"))
                .containsExactly(null, 3L);
        assertThat(engine.failures()).isEmpty();
    }

    @Test
    void aFieldReadAnewIsThatOfTheNewestEventSinceTheChange() {
        RuleText count = COUNT.withWindow("tumbling: 100ms, grace: 100ms");
        engine.publish(count.text());
        event(1_050, 7);
        publish(count.emitting("n: n"), new StateOutcome("r", Kind.PARTLY, 100, "aggregates were added"));
        event(1_020, 3);
        event(1_010, 4);
        event(1_300, 5);
        assertThat(emitted("n")).containsExactly("3");
    }

    @Test
    void anExpressionThatComputesWithSuchANullFailsForThatWindow() {
        engine.publish(COUNT.text());
        event(1_000, 7);
        engine.publish(WITH_TOP.emitting("twice: top * 2").text());
        event(1_100, 3);
        assertThat(engine.take()).isEmpty();
        assertThat(engine.failures()).containsExactly("r: `*` got null: `top` is null");
        event(1_200, 3);
        assertThat(emitted("twice")).containsExactly("6");

        engine.publish(COUNT.with("having", "c > 0").text());
        event(1_210, 3);
        engine.publish(COUNT.withAggregates(Map.of("low", "min(n)"))
                .with("having", "low < 5 && c > 0")
                .text());
        event(1_300, 3);
        assertThat(engine.failures()).hasSize(2).last().isEqualTo("r: `<` got null: `low` is null");
    }

    @Test
    void aFieldThatAWindowEmitsAtItsEndIsNullOverEventsOfBeforeAlone() {
        engine.publish(COUNT.text());
        event(1_000, 7);
        publish(COUNT.emitting("n: n, x: x"), new StateOutcome("r", Kind.PARTLY, 100, "aggregates were added"));
        event(1_100, 3);
        event(1_200, 3);

        assertThat(emitted("n")).containsExactly("null", "3");
    }

    @Test
    void remembersWhetherHavingHeldWhereTheWindowGoesOn() {
        RuleText crossing = SLIDING.with("trigger", "crossing").with("having", "c >= 2");
        engine.publish(crossing.text());
        event(1_000, 1);
        event(1_010, 1);
        assertThat(emitted("c")).containsExactly("2");

        publish(crossing.with("having", "c >= 3"), kept());
        event(1_020, 1);
        assertThat(emitted("c")).as("having held before, and does so still").isEmpty();

        publish(crossing.with("having", "c >= 3").withWindow("sliding: 50ms"), kept());
        event(1_030, 1);
        assertThat(emitted("c")).as("the same under a smaller window").isEmpty();

        publish(crossing.with("having", "c >= 3").withWindow("tumbling: 50ms"), kept());
        event(1_040, 1);
        assertThat(emitted("c")).as("another kind of window begins without").containsExactly("5");
    }

    @Test
    void aWindowThatEndedIsNotTakenOverOnceMoreFromTheOneBefore() {
        engine.publish(COUNT.text());
        event(1_000, 1);
        publish(
                COUNT.withWindow("tumbling: 50ms"),
                new StateOutcome("r", Kind.PARTLY, 50, "events are kept by 100ms, which the windows cut in two"));
        engine.idle();
        engine.event(new Sample(99, "readings-0-99", 1_060, "b", 1, null, 2));
        assertThat(engine.take()).extracting(Emission::id).containsExactly("random/r/a@1000");
        engine.idle();
        engine.restart();
        engine.idle();
        engine.restart();
        engine.idle();

        assertThat(engine.take()).isEmpty();
    }

    @Test
    void aWindowThatEndsBeforeItWasTakenOverIsTakenOverFirst() {
        engine.publish(COUNT.withWindow("hopping: 100ms, every: 50ms").text());
        event(1_000, 1);
        engine.publish(COUNT.withWindow("tumbling: 50ms").text());
        engine.event(new Sample(99, "readings-0-99", 5_000, "b", 1, null, 2));
        engine.idle();

        assertThat(engine.take()).extracting(Emission::id).contains("random/r/a@1000");
    }
}
