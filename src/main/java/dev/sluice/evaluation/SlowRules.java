package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which rules make an evaluation slow: each rule that the event may concern is evaluated once more, alone and with
 * the time taken. Nothing is emitted, and no window changes.
 */
public final class SlowRules {
    private static final Moment TIMELESS = new Moment.At(0, 0, null, "");

    private final LongSupplier nowNs;

    /** A rule that alone takes too long. */
    public record Slow(Ruleset ruleset, CompiledRule rule) {}

    /** @param nowNs as {@link System#nanoTime} */
    public SlowRules(LongSupplier nowNs) {
        this.nowNs = nowNs;
    }

    /**
     * The rules with a voice that need longer than {@code limitNs} for the condition and for what they emit, or for what goes
     * into a window; chained rules included.
     *
     * @param with those of {@code arms} that are for the event's key
     */
    public List<Slow> of(Arms arms, RuleIndexes with, Event event, long limitNs) {
        RuleIndex rules = with.of(event.type());
        if (rules == null) {
            return List.of();
        }
        Round round = new Round(arms, with, limitNs, new ArrayList<>());
        look(round, rules, event);
        return round.slow();
    }

    private record Round(Arms arms, RuleIndexes with, long limitNs, List<Slow> slow) {

        @SuppressWarnings("ReferenceEquality") // the very rule: one that looks alike has its own account
        void add(IndexedRule indexed) {
            if (slow.stream().noneMatch(known -> known.rule() == indexed.rule())) {
                slow.add(new Slow(indexed.ruleset(), indexed.rule()));
            }
        }

        @Nullable RuleIndex behind(IndexedRule indexed) {
            return arms.deciding(with, indexed.ruleset())
                    .of(indexed.ruleset(), indexed.rule().emit().type());
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void look(Round round, RuleIndex rules, Event event) {
        Hits hits = new Hits();
        rules.findTried(event, hits);
        Ruleset decided = null;
        for (int i = 0; i < hits.size(); i++) {
            IndexedRule indexed = rules.rule(hits.slot(i));
            if (indexed.ruleset().isFed() || round.arms().isApart(indexed.rule())) {
                continue;
            }
            boolean isLeft = indexed.ruleset() == decided;
            long begunNs = nowNs.getAsLong();
            Found found = isLeft ? conditionOnly(indexed, event) : whole(indexed, event);
            if (nowNs.getAsLong() - begunNs > round.limitNs()) {
                round.add(indexed);
            }
            decided = found.holds() && indexed.isDeciding() ? indexed.ruleset() : decided;
            RuleIndex behind = found.emitted() == null ? null : round.behind(indexed);
            if (found.emitted() != null && behind != null) {
                look(round, behind, new EmittedEvent(indexed.rule().emit().type(), found.emitted()));
            }
        }
    }

    /** @param emitted null for nothing */
    private record Found(boolean holds, @Nullable List<@Nullable Object> emitted) {
        static final Found NOTHING = new Found(false, null);
        static final Found HOLDS = new Found(true, null);
    }

    /** Of a rule that is not reached, since another one decided, the index tries the condition all the same. */
    private static Found conditionOnly(IndexedRule indexed, Event event) {
        try {
            holds(indexed, event);
        } catch (EvaluationException e) {
            return Found.NOTHING;
        }
        return Found.NOTHING;
    }

    private static Found whole(IndexedRule indexed, Event event) {
        try {
            if (!holds(indexed, event)) {
                return Found.NOTHING;
            }
        } catch (EvaluationException e) {
            return Found.NOTHING;
        }
        try {
            WindowedRule windowed = indexed.windowed();
            if (windowed == null) {
                return new Found(true, EmittedValues.of(indexed.values(), event));
            }
            windowed.key(event, TIMELESS);
            for (Expression argument : windowed.arguments()) {
                if (argument != null) {
                    argument.evaluate(event);
                }
            }
        } catch (EvaluationException e) {
            return Found.HOLDS;
        }
        return Found.HOLDS;
    }

    private static boolean holds(IndexedRule indexed, Event event) throws EvaluationException {
        Expression when = indexed.rule().when();
        return when == null || when.test(event);
    }
}
