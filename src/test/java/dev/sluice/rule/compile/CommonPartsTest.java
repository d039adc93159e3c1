package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Predicate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is held once of conditions that have parts in common. */
final class CommonPartsTest {
    private final ExpressionChecker checker = new ExpressionChecker(Orders.TYPE);

    private List<Predicate> parts(String condition) {
        return checker.check(condition)
                .expression()
                .orElseThrow()
                .condition()
                .alternatives()
                .get(0);
    }

    @Test
    void aPartThatAnotherConditionHadLatelyIsTheSameObject() {
        List<Predicate> one = parts("amount > 5 && customer == 'a'");
        List<Predicate> other = parts("customer == 'b' && amount > 5");

        assertThat(other.get(1)).isSameAs(one.get(0));
        assertThat(other.get(0)).isNotEqualTo(one.get(1));
    }

    @Test
    void aPartThatStandsTwiceInOneConditionIsTwoSoThatEachHasItsPlace() {
        List<Predicate> parts = parts("customer == 'a' && amount > 5 && customer == 'a'");

        assertThat(parts.get(2)).isNotSameAs(parts.get(0));
        assertThat(parts.get(2).expression().source())
                .isEqualTo(parts.get(0).expression().source());
    }
}
