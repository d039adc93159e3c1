package dev.sluice.bench;

import dev.sluice.rule.Event;

/** The condition of one rule as Java that people would write: a class a shape, the constants in final fields. */
sealed interface HandWritten {

    boolean test(Event event);

    static HandWritten of(PaymentRule rule) {
        if (rule.countries().isEmpty()) {
            return rule.prefix().isEmpty() ? new Range(rule.above()) : new Prefix(rule.above(), rule.prefix());
        }
        return rule.prefix().isEmpty()
                ? new Equal(rule.countries().get(0), rule.above())
                : new Mixed(rule.countries().get(0), rule.countries().get(1), rule.above(), rule.prefix());
    }

    record Equal(String country, double above) implements HandWritten {
        @Override
        public boolean test(Event event) {
            return DecodedPayment.country(event).equals(country) && DecodedPayment.amount(event) > above;
        }
    }

    record Range(double above) implements HandWritten {
        @Override
        public boolean test(Event event) {
            return DecodedPayment.amount(event) > above;
        }
    }

    record Prefix(double above, String prefix) implements HandWritten {
        @Override
        public boolean test(Event event) {
            return DecodedPayment.amount(event) > above
                    && DecodedPayment.merchant(event).startsWith(prefix);
        }
    }

    record Mixed(String one, String other, double above, String prefix) implements HandWritten {
        @Override
        public boolean test(Event event) {
            String country = DecodedPayment.country(event);
            return (country.equals(one) || country.equals(other))
                    && DecodedPayment.amount(event) > above
                    && DecodedPayment.merchant(event).startsWith(prefix);
        }
    }
}
