package dev.sluice.rule.compile;

import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts of rules as checked expressions; what is wrong with them is told in its place. Confined to one compilation. */
final class RuleExpressions {
    private final Checks checks;
    private final Problems problems;

    RuleExpressions(Checks checks, Problems problems) {
        this.checks = checks;
        this.problems = problems;
    }

    Optional<Expression> value(EventType over, Located text, String rule) {
        return value(over, Excerpt.whole(text), rule);
    }

    Optional<Expression> value(EventType over, Excerpt text, String rule) {
        Checked checked = checks.check(over, text.expression());
        tell(checked.findings().stream().filter(finding -> !ConditionFindings.isOne(finding)), text, rule);
        return checked.expression();
    }

    /** An expression that is no text of the file, such as the name of a field. */
    Optional<Expression> unwritten(EventType over, String text) {
        return checks.check(over, text).expression();
    }

    /** What {@code when} says; null with a problem. */
    @Nullable Expression when(EventType over, Excerpt text, String rule) {
        Expression when = condition(over, text, new Key("when", rule));
        if (when != null) {
            tell(conditionFindings(over, text).stream(), text, rule);
        }
        return when;
    }

    /** What {@code having} says; null with a problem. */
    @Nullable Expression having(EventType over, Excerpt text, String rule) {
        Expression having = condition(over, text, new Key("having", rule));
        if (having != null) {
            conditionFindings(over, text).forEach(finding -> {
                boolean always = finding.code().equals(ConditionFindings.ALWAYS_MATCHES);
                String message = always ? "`having` is always true; correct it, or leave it out" : finding.message();
                problems.warning(text.place(finding.offset()), finding.code(), rule, message);
            });
        }
        return having;
    }

    private List<Finding> conditionFindings(EventType over, Excerpt text) {
        return checks.check(over, text.expression()).findings().stream()
                .filter(ConditionFindings::isOne)
                .toList();
    }

    /** @param name of the key in the file */
    private record Key(String name, String rule) {}

    private @Nullable Expression condition(EventType over, Excerpt text, Key key) {
        Expression condition = value(over, text, key.rule()).orElse(null);
        if (condition == null || condition.type() == ValueType.Scalar.BOOL) {
            return condition;
        }
        String hint = condition.type().equals(new ValueType.Nullable(ValueType.Scalar.BOOL))
                ? "; write `(...) == true` to take null for false"
                : "; compare it with something";
        problems.error(
                text.of().source().place(0),
                "condition-not-bool",
                key.rule(),
                "`" + key.name() + "` must be bool, this is " + TypeNames.of(condition.type()) + hint);
        return null;
    }

    private void tell(Stream<Finding> findings, Excerpt text, String rule) {
        findings.forEach(finding -> {
            Place place = text.place(finding.offset());
            String message = text.message(finding);
            switch (finding.severity()) {
                case ERROR -> problems.error(place, finding.code(), rule, message);
                case WARNING -> problems.warning(place, finding.code(), rule, message);
            }
        });
    }
}
