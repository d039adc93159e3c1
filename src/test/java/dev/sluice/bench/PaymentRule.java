package dev.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * One rule of a mix, in a form that each contender makes its own from.
 *
 * @param number from 0, unique in its mix
 * @param countries any of them; none when the rule asks for no country
 * @param prefix of the merchant; empty when the rule asks for none
 * @param above the amount must be greater
 */
record PaymentRule(int number, List<String> countries, String prefix, double above) {
    private static final double DECIMALS = 10_000;

    PaymentRule {
        countries = List.copyOf(countries);
        // What the text says is what every contender compares with.
        above = Math.round(above * DECIMALS) / DECIMALS;
    }

    /** The same rule with another threshold. */
    PaymentRule with(double otherAbove) {
        return new PaymentRule(number, countries, prefix, otherAbove);
    }

    String id() {
        return "r" + number;
    }

    /** The number of the rule with an id. */
    static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }

    /** In CEL. */
    String condition() {
        StringJoiner and = new StringJoiner(" && ");
        if (countries.size() == 1) {
            and.add("country == \"" + countries.get(0) + "\"");
        } else if (!countries.isEmpty()) {
            and.add("country in [\"" + String.join("\",\"", countries) + "\"]");
        }
        and.add("amount > " + aboveText());
        if (!prefix.isEmpty()) {
            and.add("merchant.startsWith(\"" + prefix + "\")");
        }
        return and.toString();
    }

    /** A double's text, never with an exponent. */
    String aboveText() {
        return String.format(Locale.ROOT, "%.4f", above);
    }

    /** In a rule file. */
    String line() {
        return "- {id: " + id() + ", from: Payment, when: '" + condition()
                + "', emit: {type: Hit, fields: {n: number}}}\n";
    }

    /** @param lines of the rules */
    static String file(String ruleset, String... lines) {
        return "ruleset: " + ruleset + "\nrules:\n" + String.join("", lines);
    }
}
