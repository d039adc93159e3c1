package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.RulesetDifference;
import dev.sluice.ruleset.RulesetDifference.Change;
import dev.sluice.ruleset.RulesetDifference.Update;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTextTest {
    @Test
    void tellsSettingsFirstAndThenRuleByRule() {
        RulesetDifference difference = new RulesetDifference(
                List.of("new"),
                List.of("gone"),
                List.of(new Update("large", List.of(new Change("constants.limit", "3", "4")))),
                5,
                List.of(new Change("description", "old", null), new Change("mode", "all", "first_match")));
        ReloadReport report = new ReloadReport("flights", 1, 2, difference, List.of(), List.of());
        assertThat(ReportText.lines(report))
                .containsExactly(
                        "* description: old  ->  (none)",
                        "* mode: all  ->  first_match",
                        "+ new",
                        "- gone",
                        "~ large  constants.limit: 3  ->  4",
                        "= 5 unchanged");
    }
}
