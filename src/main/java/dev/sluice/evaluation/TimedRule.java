package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Timer;
import dev.sluice.ruleset.Ruleset;
import java.util.Objects;

/** An active rule that goes by the clock. Immutable. */
public final class TimedRule {
    private final IndexedRule indexed;
    private final Timer timer;

    TimedRule(Ruleset ruleset, CompiledRule rule) {
        this.indexed =
                new IndexedRule(ruleset, rule, IndexedRule.values(rule.emit().values()));
        this.timer = Objects.requireNonNull(rule.timer(), "only a timer rule is timed");
    }

    public String ruleset() {
        return indexed.ruleset().name();
    }

    public String id() {
        return indexed.id();
    }

    public Timer timer() {
        return timer;
    }

    IndexedRule indexed() {
        return indexed;
    }
}
