package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.RuleIndexes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleMixTest {
    private static final int EVENTS = 300;

    @ParameterizedTest
    @EnumSource(RuleMix.class)
    void allContendersFindTheSameRules(RuleMix mix) {
        RuleSample sample = RuleSample.of(mix, 100, 1, EVENTS);
        Evaluator evaluator = new Evaluator();
        RuleIndexes active = sample.active();
        HandMadeIndex index = sample.handMadeIndex();
        HandMadeIndex.Found found = new HandMadeIndex.Found(100);
        int matches = 0;
        for (DecodedPayment event : sample.events()) {
            found.clear();
            index.find(event, found);
            matches += found.count();
            assertThat(RuleSample.numbers(found)).isEqualTo(sample.expected(event));
            assertThat(RuleSample.numbers(evaluator.evaluate(active, event))).isEqualTo(sample.expected(event));
        }
        assertThat(matches).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"EQ,100", "EQ,10000", "RANGE,100", "RANGE,10000", "PREFIX,10000", "MIX,100", "MIX,10000"})
    void asManyRulesMatchAPaymentAsAsked(RuleMix mix, int rules) {
        assertThat(RuleSample.of(mix, rules, 1, IndexBenchmark.EVENTS).meanMatches())
                .isCloseTo(1, within(0.15));
    }

    @ParameterizedTest
    @CsvSource({"1", "100", "10000"})
    void aboutOnePaymentInAHundredAlertsEndToEnd(int rules) {
        assertThat(RuleSample.of(RuleMix.DENSE, rules, 0.01, 20_000).meanMatches())
                .isCloseTo(0.01, within(0.003));
    }
}
