package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleFiguresTest {
    private static boolean isBreach(long evaluations, long errors, long timeouts, RuleBudget budget) {
        return new RuleFigures(evaluations, new RuleFailures(errors, timeouts))
                .breach(budget)
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        // Under 20 failures nothing is judged.
        "19, 19, 0, false",
        "20, 20, 0, true",
        "100, 20, 0, true",
        // 5 % may be chance up to 8.4 % of 20 failures.
        "400, 20, 0, false",
        "237, 20, 0, false",
        "200, 20, 0, true",
        "100000, 5000, 0, false",
        "100000, 5300, 0, true",
        // A rule may fail for several windows of one event, or by the clock.
        "0, 20, 0, true",
        "10, 25, 0, true",
        "100000, 0, 19, false",
        "100000, 0, 20, true"
    })
    void isOverItsBudgetForCertain(long evaluations, long errors, long timeouts, boolean expected) {
        assertThat(isBreach(evaluations, errors, timeouts, RuleBudget.DEFAULT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10, 4, 0, false", "10, 5, 0, true", "100, 5, 0, false", "100, 0, 4, false", "100, 0, 5, true"})
    void onTrialAQuarterIsEnough(long evaluations, long errors, long timeouts, boolean expected) {
        assertThat(isBreach(evaluations, errors, timeouts, RuleBudget.DEFAULT.ofTrial()))
                .isEqualTo(expected);
    }

    @Test
    void aTrialNeedsAsManyEvaluationsAsItsFailuresWouldBeTheErrorRateOf() {
        assertThat(RuleBudget.DEFAULT.sample()).isEqualTo(400);
        assertThat(RuleBudget.DEFAULT.ofTrial().sample()).isEqualTo(100);
        RuleBudget none = new RuleBudget(0, 1, 1, RuleBudget.DEFAULT.window(), RuleBudget.DEFAULT.trial());
        assertThat(none.ofTrial().sample()).isEqualTo(1);
        assertThat(isBreach(1_000_000, 1, 0, none)).isTrue();
    }

    @Test
    void aBudgetThatEveryRuleBreaksIsNone() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new RuleBudget(0.05, 0, 20, minute, minute))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RuleBudget(0.05, 20, 0, minute, minute))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RuleBudget(1.5, 20, 20, minute, minute)).hasMessageContaining("1.5");
    }

    @Test
    void theBoundsAreWilsons() {
        assertThat(new ErrorRate(5, 100).atLeast()).isCloseTo(0.0169, within(0.0001));
        assertThat(new ErrorRate(0, 1000).atMost()).isCloseTo(0.0066, within(0.0001));
    }
}
