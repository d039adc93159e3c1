package dev.sluice.bench;

import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Rules of one mix and decoded payments to try them on.
 *
 * @param matches mean number of rules that were asked to match a payment
 */
record RuleSample(RuleMix mix, List<PaymentRule> rules, List<DecodedPayment> events, double matches) {
    private static final String RULESET = "payments";

    static RuleSample of(RuleMix mix, int rules, double matches, int events) {
        Payments payments = new Payments(mix.countries(rules));
        return new RuleSample(
                mix, mix.rules(payments, rules, matches), List.of(DecodedPayment.next(payments, events)), matches);
    }

    /** As Sluice's engine would have them. */
    RuleIndexes active() {
        return active(RuleIndexes.NONE, new RuleCompiler(Payments.CATALOG).compile(text()), 1);
    }

    String text() {
        return PaymentRule.file(RULESET, rules.stream().map(PaymentRule::line).toArray(String[]::new));
    }

    /** The indexes with a version more. */
    static RuleIndexes active(RuleIndexes before, Compilation compilation, long version) {
        Ruleset ruleset = new Ruleset(
                compilation
                        .definition()
                        .orElseThrow(() -> new IllegalStateException("the rules do not compile: "
                                + compilation.problems().get(0))),
                version,
                "digest-" + version);
        for (CompiledRule rule : ruleset.rules()) {
            if (rule.when() == null || !rule.when().isPlanned()) {
                throw new IllegalStateException("rule " + rule.id() + " has no plan");
            }
        }
        return before.changed(new ActiveRulesets(Map.of(RULESET, ruleset)));
    }

    HandMadeIndex handMadeIndex() {
        return HandMadeIndex.of(mix, rules);
    }

    HandWritten[] loop() {
        return rules.stream().map(HandWritten::of).toArray(HandWritten[]::new);
    }

    /** Numbers of the rules that match, rising, found by trying each: what every contender must find. */
    int[] expected(DecodedPayment event) {
        return rules.stream()
                .filter(rule -> HandWritten.of(rule).test(event))
                .mapToInt(PaymentRule::number)
                .sorted()
                .toArray();
    }

    /** Rules that match a payment, on average. */
    double meanMatches() {
        HandMadeIndex index = handMadeIndex();
        HandMadeIndex.Found found = new HandMadeIndex.Found(rules.size());
        long sum = 0;
        for (DecodedPayment event : events) {
            found.clear();
            index.find(event, found);
            sum += found.count();
        }
        return (double) sum / events.size();
    }

    static int[] numbers(Evaluation evaluation) {
        if (!evaluation.failures().isEmpty()) {
            throw new IllegalStateException(
                    "a rule failed: " + evaluation.failures().get(0).reason());
        }
        return evaluation.matches().stream()
                .mapToInt(match -> PaymentRule.number(match.rule().id()))
                .sorted()
                .toArray();
    }

    static int[] numbers(HandMadeIndex.Found found) {
        int[] numbers = new int[found.count()];
        Arrays.setAll(numbers, found::number);
        Arrays.sort(numbers);
        return numbers;
    }

    void demand(String contender, int[] expected, int[] found) {
        if (!Arrays.equals(expected, found)) {
            throw new IllegalStateException("%s found the rules %s of %s, expected were %s"
                    .formatted(contender, Arrays.toString(found), mix, Arrays.toString(expected)));
        }
    }
}
