package dev.sluice.rule.compile;

import dev.sluice.rule.Expression;
import java.util.List;
import java.util.Optional;

/** The outcome of checking one expression text: the expression unless a finding is an error. */
record Checked(Optional<Expression> expression, List<Finding> findings) {
    Checked {
        findings = List.copyOf(findings);
    }

    static Checked refused(List<Finding> findings) {
        return new Checked(Optional.empty(), findings);
    }
}
