package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.RuleFigures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionSumsTest {
    private final VersionTally version = new VersionTally(new VersionTally.Name("pings", 1));

    @Test
    void ofManyRulesThatFailThoseThatFailMostAreTold() {
        for (int rule = 0; rule < 150; rule++) {
            add("r" + rule, rule, 1_000 - rule);
        }

        assertThat(told())
                .hasSize(100)
                .extracting(RuleFigures::getRule)
                .startsWith("r149", "r148")
                .endsWith("r50");
    }

    @Test
    void rulesThatFailAreToldBeforeThoseWithAlerts() {
        add("quiet", 0, 0);
        add("busy", 0, 9);
        add("bad", 1, 0);

        assertThat(told()).extracting(RuleFigures::getRule).containsExactly("bad", "busy", "quiet");
    }

    private void add(String rule, int failures, int alerts) {
        VersionTally.OfRule of = version.rule(rule);
        for (int i = 0; i < failures; i++) {
            of.failed();
        }
        for (int i = 0; i < alerts; i++) {
            of.alerted();
        }
    }

    private List<RuleFigures> told() {
        VersionSums sums = VersionSums.ofSome(Map.of(version.name(), true));
        sums.add(version);
        return sums.byRuleset().get("pings").get(0).getRules();
    }
}
