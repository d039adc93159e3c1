package dev.sluice.bench;

import dev.sluice.rule.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one would write by hand for rulesets of exactly one mix: the floor that a general index is held against. Finds the
 * numbers of the rules that match, in no order.
 */
sealed interface HandMadeIndex {

    void find(Event event, Found found);

    static HandMadeIndex of(RuleMix mix, List<PaymentRule> rules) {
        return switch (mix) {
            case RANGE -> new Thresholds(rules);
            case EQ -> new ByCountry(rules);
            case PREFIX -> new ByPrefix(rules);
            case MIX, DENSE -> new ByCountryThenChecked(rules);
        };
    }

    /** The numbers found for one event; reused for the next. */
    final class Found {
        private final int[] numbers;
        private int count;

        Found(int capacity) {
            numbers = new int[capacity];
        }

        void clear() {
            count = 0;
        }

        void add(int number) {
            numbers[count++] = number;
        }

        int count() {
            return count;
        }

        int number(int place) {
            return numbers[place];
        }
    }

    /** Rules by rising threshold: those that match come first. */
    final class Thresholds implements HandMadeIndex {
        private final double[] above;
        private final int[] numbers;

        Thresholds(List<PaymentRule> rules) {
            List<PaymentRule> rising = rules.stream()
                    .sorted(Comparator.comparingDouble(PaymentRule::above))
                    .toList();
            above = rising.stream().mapToDouble(PaymentRule::above).toArray();
            numbers = rising.stream().mapToInt(PaymentRule::number).toArray();
        }

        @Override
        public void find(Event event, Found found) {
            find(DecodedPayment.amount(event), found);
        }

        void find(double amount, Found found) {
            for (int i = 0; i < above.length && above[i] < amount; i++) {
                found.add(numbers[i]);
            }
        }
    }

    /** A hash on the country, then thresholds. */
    final class ByCountry implements HandMadeIndex {
        private final Map<String, Thresholds> byCountry = new HashMap<>();

        ByCountry(List<PaymentRule> rules) {
            Map<String, List<PaymentRule>> groups = new HashMap<>();
            rules.forEach(rule -> groups.computeIfAbsent(rule.countries().get(0), c -> new ArrayList<>())
                    .add(rule));
            groups.forEach((country, group) -> byCountry.put(country, new Thresholds(group)));
        }

        @Override
        public void find(Event event, Found found) {
            Thresholds thresholds = byCountry.get(DecodedPayment.country(event));
            if (thresholds != null) {
                thresholds.find(DecodedPayment.amount(event), found);
            }
        }
    }

    /** A tree of letters, with thresholds at the end of each prefix. */
    final class ByPrefix implements HandMadeIndex {
        private static final int LETTERS = 128;

        private static final class Letter {
            final Letter[] next = new Letter[LETTERS];
            final List<PaymentRule> rules = new ArrayList<>();
            Thresholds thresholds = new Thresholds(List.of());

            void seal() {
                thresholds = new Thresholds(rules);
                for (Letter letter : next) {
                    if (letter != null) {
                        letter.seal();
                    }
                }
            }
        }

        private final Letter root = new Letter();

        ByPrefix(List<PaymentRule> rules) {
            for (PaymentRule rule : rules) {
                Letter letter = root;
                for (char c : rule.prefix().toCharArray()) {
                    if (letter.next[c] == null) {
                        letter.next[c] = new Letter();
                    }
                    letter = letter.next[c];
                }
                letter.rules.add(rule);
            }
            root.seal();
        }

        @Override
        public void find(Event event, Found found) {
            String merchant = DecodedPayment.merchant(event);
            double amount = DecodedPayment.amount(event);
            Letter letter = root;
            for (int i = 0; i < merchant.length() && merchant.charAt(i) < LETTERS; i++) {
                letter = letter.next[merchant.charAt(i)];
                if (letter == null) {
                    return;
                }
                letter.thresholds.find(amount, found);
            }
        }
    }

    /** A hash on the country, then thresholds; the prefix of those that are left is checked one by one. */
    final class ByCountryThenChecked implements HandMadeIndex {
        private static final class Group {
            final double[] above;
            final String[] prefixes;
            final int[] numbers;

            /** @param rising by threshold */
            Group(List<PaymentRule> rising) {
                above = rising.stream().mapToDouble(PaymentRule::above).toArray();
                prefixes = rising.stream().map(PaymentRule::prefix).toArray(String[]::new);
                numbers = rising.stream().mapToInt(PaymentRule::number).toArray();
            }
        }

        private final Map<String, Group> byCountry = new HashMap<>();

        ByCountryThenChecked(List<PaymentRule> rules) {
            Map<String, List<PaymentRule>> groups = new HashMap<>();
            rules.stream()
                    .sorted(Comparator.comparingDouble(PaymentRule::above))
                    .forEach(rule -> rule.countries()
                            .forEach(country -> groups.computeIfAbsent(country, c -> new ArrayList<>())
                                    .add(rule)));
            groups.forEach((country, group) -> byCountry.put(country, new Group(group)));
        }

        @Override
        public void find(Event event, Found found) {
            Group group = byCountry.get(DecodedPayment.country(event));
            if (group == null) {
                return;
            }
            double amount = DecodedPayment.amount(event);
            String merchant = DecodedPayment.merchant(event);
            for (int i = 0; i < group.above.length && group.above[i] < amount; i++) {
                if (merchant.startsWith(group.prefixes[i])) {
                    found.add(group.numbers[i]);
                }
            }
        }
    }
}
