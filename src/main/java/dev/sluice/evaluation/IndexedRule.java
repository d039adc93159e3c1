package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Mode;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as a match needs it, in one object: of ten thousand rules each lies elsewhere in memory, and every object on the
 * way to it is waited for.
 */
final class IndexedRule {
    private final Ruleset ruleset;
    private final CompiledRule rule;
    private final String id;
    private final Expression[] values;
    private final boolean chained;
    private final boolean deciding;
    private final @Nullable WindowedRule windowed;

    /** @param values those of the rule's emit; rules that emit alike share the array, which nobody changes */
    IndexedRule(Ruleset ruleset, CompiledRule rule, Expression[] values) {
        this(ruleset, rule, values, rule.windowing() == null ? null : new WindowedRule(rule.windowing()));
    }

    private IndexedRule(Ruleset ruleset, CompiledRule rule, Expression[] values, @Nullable WindowedRule windowed) {
        this.ruleset = ruleset;
        this.rule = rule;
        this.id = rule.id();
        this.values = values;
        this.chained = ruleset.eventTypes().contains(rule.emit().type().name());
        this.deciding = ruleset.mode() == Mode.FIRST_MATCH;
        this.windowed = windowed;
    }

    /** The same rule in another version. */
    @SuppressWarnings("ReferenceEquality") // the version itself, not one that looks alike
    IndexedRule in(Ruleset version) {
        return version == ruleset ? this : new IndexedRule(version, rule, values, windowed);
    }

    static Expression[] values(List<Expression> values) {
        return values.toArray(Expression[]::new);
    }

    Ruleset ruleset() {
        return ruleset;
    }

    CompiledRule rule() {
        return rule;
    }

    String id() {
        return id;
    }

    Expression[] values() {
        return values;
    }

    /** What is made of the events that meet its condition; null where each is looked at alone. */
    @Nullable WindowedRule windowed() {
        return windowed;
    }

    /** Whether rules of its ruleset read what the rule emits. */
    boolean isChained() {
        return chained;
    }

    /** Whether later rules of its ruleset do not count once it matches. */
    boolean isDeciding() {
        return deciding;
    }
}
