package dev.sluice.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The kinds of rulesets that are measured. Every rule has its own constants. */
public enum RuleMix {
    /** {@code country == c && amount > t}; ten rules a country, so the countries grow with the rules. */
    EQ,
    /** {@code amount > t}; twenty thresholds are within reach, the others above nearly all payments. */
    RANGE,
    /** {@code amount > t && merchant.startsWith(p)}, with one to four letters. */
    PREFIX,
    /** {@code country in [c,d] && amount > t && merchant.startsWith(l)}; forty rules a country. */
    MIX,
    /** As MIX, on 200 countries at every size: the more rules, the more of them ask for one country. */
    DENSE;

    private static final long SEED = 7;
    private static final double MAX_SHARE = 0.95;
    private static final int WITHIN_REACH = 20;
    private static final double OUT_OF_REACH = 0.001;

    /** How many countries the payments come from that {@code rules} rules of this mix are measured with. */
    int countries(int rules) {
        return switch (this) {
            case EQ -> Math.max(10, rules / 10);
            case MIX -> Math.max(5, rules / 20);
            case RANGE, PREFIX, DENSE -> 200;
        };
    }

    /**
     * Rules of which {@code matches} are expected to match a payment, or as many as can.
     *
     * @param payments with {@link #countries} countries
     * @param matches mean number of rules that match one payment
     */
    List<PaymentRule> rules(Payments payments, int rules, double matches) {
        Random random = new Random(SEED);
        List<PaymentRule> drafts = new ArrayList<>();
        double[] weights = new double[rules];
        double[] spread = new double[rules];
        Map<String, Double> prefixShares = new HashMap<>();
        for (int i = 0; i < rules; i++) {
            String prefix = prefix(i, rules);
            int[] ranks = countryRanks(i, payments.countries());
            double share = ranks.length == 0 ? 1 : 0;
            List<String> codes = new ArrayList<>();
            for (int rank : ranks) {
                codes.add(payments.country(rank));
                share += payments.countryShare(rank);
            }
            drafts.add(new PaymentRule(i, codes, prefix, 0));
            weights[i] = share * prefixShares.computeIfAbsent(prefix, Payments::prefixShare);
            spread[i] = this == RANGE && i >= WITHIN_REACH ? OUT_OF_REACH / (i + 1) : 0.1 + 1.8 * random.nextDouble();
        }
        double scale = scale(weights, spread, matches);
        return drafts.stream()
                .map(rule -> rule.with(Payments.amountAboveOf(share(scale, spread[rule.number()]))))
                .toList();
    }

    /** Of all payments, the part whose amount is above a rule's threshold. */
    private static double share(double scale, double spread) {
        return Math.min(MAX_SHARE, scale * spread);
    }

    private static double scale(double[] weights, double[] spread, double matches) {
        double low = 0;
        double high = 10;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            double expected = 0;
            for (int i = 0; i < weights.length; i++) {
                expected += weights[i] * share(middle, spread[i]);
            }
            if (expected < matches) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private int[] countryRanks(int number, int countries) {
        int first = number % countries;
        return switch (this) {
            case RANGE, PREFIX -> new int[0];
            case EQ -> new int[] {first};
            // The step is no multiple of the number of countries, so that the two are different ones.
            case MIX, DENSE -> new int[] {first, (first + 1 + number / countries % (countries - 1)) % countries};
        };
    }

    private String prefix(int number, int rules) {
        return switch (this) {
            case EQ, RANGE -> "";
            case MIX, DENSE ->
                Payments.merchant(number * 7 % Payments.merchants()).substring(0, 1);
            case PREFIX ->
                Payments.merchant(number * 7 % Payments.merchants()).substring(0, prefixLetters(number, rules));
        };
    }

    private static int prefixLetters(int number, int rules) {
        int shortest = rules <= 100 ? 1 : rules <= 1_000 ? 2 : 3;
        return rules <= 10 ? 1 : shortest + number % 2;
    }
}
