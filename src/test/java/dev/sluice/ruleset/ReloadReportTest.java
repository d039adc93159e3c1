package dev.sluice.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReloadReportTest {

    private static ReloadReport report(int rules) {
        List<RulesetDifference.Update> updated = new ArrayList<>();
        List<String> added = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            RulesetDifference.Change change = new RulesetDifference.Change("when", null, "x".repeat(9_000));
            updated.add(new RulesetDifference.Update("rule-" + i, List.of(change)));
            added.add("new-" + i);
            warnings.add(new Problem(Problem.Severity.WARNING, "unknown-symbol", "rule-" + i, i, 1, "no symbol"));
        }
        RulesetDifference difference = new RulesetDifference(added, List.of("gone"), updated, 5, List.of());
        return new ReloadReport("large", 1, 2, difference, List.of(), warnings);
    }

    @Test
    void isAbridgedToWhatFitsARecord() {
        ReloadReport abridged = report(10_000).abridged(100);
        assertThat(abridged.toString()).hasSizeLessThan(200_000);
        assertThat(abridged.difference().added()).hasSize(100).startsWith("new-0");
        assertThat(abridged.difference().updated()).hasSize(100);
        assertThat(abridged.difference().updated().get(7).changes().get(0).after())
                .hasSize(400)
                .endsWith("...");
        assertThat(abridged.difference().removed()).containsExactly("gone");
        assertThat(abridged.difference().unchanged()).isEqualTo(5);
        assertThat(abridged.warnings()).hasSize(101);
        assertThat(abridged.warnings().get(100).message()).isEqualTo("19800 more changed rules are not listed");
    }

    @Test
    void staysAsItIsWhenItIsSmall() {
        ReloadReport small = new ReloadReport(
                "small",
                1,
                2,
                new RulesetDifference(List.of("a"), List.of(), List.of(), 0, List.of()),
                List.of(),
                List.of());
        assertThat(small.abridged(100)).isEqualTo(small);
    }
}
