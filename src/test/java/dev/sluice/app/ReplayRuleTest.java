package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.Ruleset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplayRuleTest {
    private static final EventType NUMBER = new EventType("Number", List.of(new Field("n", Scalar.INT)));
    private static final Ruleset RULESET = new Ruleset(
            new RuleCompiler(new EventTypes(Map.of("Number", NUMBER), Set.of()))
                    .compile("""
                            ruleset: r
                            rules:
                              - { id: a, from: Number, emit: { type: A, fields: { n: n } } }
                              - { id: b, from: A, emit: { type: B, fields: { n: n } } }
                              - id: w
                                from: Number
                                window: { count: 3 }
                                aggregate: { c: count() }
                                emit: { trigger: each, type: W, fields: { c: c } }
                            """)
                    .definition()
                    .orElseThrow(),
            4,
            "digest");

    private static CompiledRule rule(String id) {
        return RULESET.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Quarantine quarantine(String rule, String digest, Quarantine.State state) {
        return new Quarantine(
                "r", rule, digest, 4, state, Instant.EPOCH, null, new Deployment.Origin("sluice", "20 errors"));
    }

    private static ReplayRule.Finding find(String rule, Quarantine... quarantines) {
        return ReplayRule.find(RULESET, rule, List.of(quarantines));
    }

    @Test
    void aRuleInQuarantineIsNotReplayed() {
        Quarantine apart = quarantine("a", Digest.of(rule("a")), Quarantine.State.APART);

        assertThat(find("a", apart).code()).isEqualTo("rule-in-quarantine");
        assertThat(find("a", apart).text()).contains("sluice release r a");
        assertThat(find("b", apart).rule().apart()).containsExactly(rule("a"));
    }

    @Test
    void aRuleOnTrialOrOneThatWasMendedIsReplayed() {
        assertThat(find("a", quarantine("a", Digest.of(rule("a")), Quarantine.State.TRIAL))
                        .rule()
                        .apart())
                .isEmpty();
        assertThat(find("a", quarantine("a", "sha256:of-the-broken-one", Quarantine.State.APART))
                        .rule()
                        .apart())
                .isEmpty();
    }

    @Test
    void aRuleThatIsGoneOrHasWindowsIsRefused() {
        assertThat(find("x").code()).isEqualTo("unknown-rule");
        assertThat(find("x").text()).isEqualTo("version 4 of r has no rule x; it has a, b, w");
        assertThat(find("w").code()).isEqualTo("not-replayable");
        assertThat(find("w").text()).contains("windows", "cannot be replayed");
    }
}
