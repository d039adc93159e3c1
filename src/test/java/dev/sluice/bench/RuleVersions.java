package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;

/** The texts of one version of a ruleset after another; no constant comes a second time. Confined to one thread. */
final class RuleVersions {
    private static final double STEP = 0.01;

    private final List<PaymentRule> rules;
    private final String[] lines;
    private int next;

    RuleVersions(List<PaymentRule> rules) {
        this.rules = new ArrayList<>(rules);
        this.lines = rules.stream().map(PaymentRule::line).toArray(String[]::new);
    }

    String text() {
        return PaymentRule.file("payments", lines);
    }

    /** The text with the constant of one more rule changed: of each in turn. */
    String changeOne() {
        change(next);
        next = (next + 1) % lines.length;
        return text();
    }

    String changeAll() {
        for (int i = 0; i < lines.length; i++) {
            change(i);
        }
        return text();
    }

    private void change(int place) {
        PaymentRule changed = rules.get(place).with(rules.get(place).above() + STEP);
        rules.set(place, changed);
        lines[place] = changed.line();
    }
}
