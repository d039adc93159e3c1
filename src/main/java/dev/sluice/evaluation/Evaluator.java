package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates events with the active rulesets. Keeps its working memory from event to event: one a thread. */
public final class Evaluator {
    /** By depth of the chain: while the rules of one event are gone through, those chained to them are found. */
    private final List<Hits> hitsByDepth = new ArrayList<>(List.of(new Hits()));

    private final Outcome outcome = new Outcome();
    private final Met met;
    private final WindowedEvaluation windowed = new WindowedEvaluation(outcome);
    private Arms arms = Arms.NONE;
    private RuleIndexes indexes = RuleIndexes.NONE;
    private Windows windows = NoWindows.INSTANCE;
    private @Nullable EventType type;
    private @Nullable RuleIndex index;
    /** By slot of the index. */
    private boolean @Nullable [] apart;

    private Apart apartOf = Apart.NONE;

    /**
     * The way to the rules that read an event.
     *
     * @param path of the rule that emitted the event, with {@code >}; empty for an event of a topic
     */
    private record Chain(String path, int depth, Occasion occasion, Moment moment, Cause cause) {
        static final Chain TIMELESS = start(new Moment.At(0, 0, null, ""));

        static Chain start(Moment moment) {
            return new Chain("", 0, Occasion.EVENT, moment, Cause.EVENTS);
        }

        static Chain start(Tick tick) {
            return new Chain("", 0, Occasion.EVENT, tick.moment(), Cause.CLOCK);
        }

        Chain behind(Match match) {
            return new Chain(match.path() + ">", depth + 1, match.occasion(), match.moment(moment), cause);
        }
    }

    /** What set a chain off. */
    private enum Cause {
        EVENTS,
        CLOCK
    }

    /** Told of each event that meets the condition of a windowed rule of a version in force. */
    public interface Met {
        void met(Ruleset ruleset, CompiledRule rule);
    }

    public Evaluator() {
        this((ruleset, rule) -> {});
    }

    public Evaluator(Met met) {
        this.met = met;
    }

    /**
     * {@link #evaluate(RuleIndexes, Event, Moment, Windows)} where no rule has windows.
     *
     * @throws IllegalStateException when the event meets a windowed rule
     */
    public Evaluation evaluate(RuleIndexes with, Event event) {
        arms = Arms.NONE;
        return evaluate(with, event, Chain.TIMELESS, NoWindows.INSTANCE);
    }

    /**
     * All matches of {@code event}, chained rules included, all failures, and what other tasks must look at; never throws for
     * an event's sake.
     *
     * <p>Order: rulesets by name; rules as in the file, or by priority where the first match decides; after a match the
     * rules that read what it emitted. Where the first match decides, neither a match nor a failure of a later rule
     * counts; a rule whose condition fails does not decide; a windowed rule decides by its condition, whether it emits or not.
     *
     * <p>A windowed rule that reads what another rule emits is always handed over: what it reads may come from several tasks.
     */
    public Evaluation evaluate(RuleIndexes with, Event event, Moment moment, Windows windowsOfTask) {
        arms = Arms.NONE;
        return evaluate(with, event, Chain.start(moment), windowsOfTask);
    }

    /**
     * {@link #evaluate(RuleIndexes, Event)} with rules that are set apart, and with two versions of a ruleset side by side.
     *
     * @param with those of {@code of} that are for the event's key
     */
    public Evaluation evaluate(Arms of, RuleIndexes with, Event event) {
        arms = of;
        return evaluate(with, event, Chain.TIMELESS, NoWindows.INSTANCE);
    }

    /**
     * {@link #evaluate(RuleIndexes, Event, Moment, Windows)} with the same. The key of the event tells whose rules are evaluated; of a rule
     * with windows the group key tells which version has the say.
     *
     * @param with those of {@code of} that are for the event's key
     */
    public Evaluation evaluate(Arms of, RuleIndexes with, ArmedEvent event) {
        arms = of;
        return evaluate(with, event.event(), Chain.start(event.moment()), event.windows());
    }

    /** An event with what it takes to evaluate it. */
    public record ArmedEvent(Event event, Moment moment, Windows windows) {}

    private Evaluation evaluate(RuleIndexes with, Event event, Chain start, Windows windowsOfTask) {
        RuleIndex rules = index(with, event.type());
        if (rules == null) {
            return Evaluation.NOTHING;
        }
        Hits hits = hitsByDepth.get(0);
        rules.find(event, hits, apart);
        if (hits.size() == 0) {
            return Evaluation.NOTHING;
        }
        windows = windowsOfTask;
        act(rules, event, start);
        return outcome.take();
    }

    /** {@link #received(Arms, Handover, long, Windows)} with one version of each ruleset. */
    public Evaluation received(RuleIndexes with, Handover handover, long streamMs, Windows windowsOfTask) {
        return received(Arms.of(with), handover, streamMs, windowsOfTask);
    }

    /**
     * What comes of an event that another task handed over.
     *
     * @param handover for the rule that {@link Arms#receiver} gave
     * @param streamMs stream time of this task, with what the event tells of its source
     */
    public Evaluation received(Arms of, Handover handover, long streamMs, Windows windowsOfTask) {
        Handover.Way way = handover.way();
        arms = of;
        RuleIndexes with = begin(of.of(handover.key()), windowsOfTask);
        Side side = of.side(way.rule());
        IndexedRule rule = side == null ? with.indexed(way.ruleset(), way.rule().id()) : of(side, way.ruleset());
        if (rule == null) {
            return Evaluation.NOTHING;
        }
        if (of.isApart(rule.rule())) {
            outcome.add(new Owed(rule.ruleset(), rule.rule(), way.path()));
            return outcome.take();
        }
        Moment moment = new Moment.HandedOver(way.moment(), streamMs);
        Reached reached = new Reached(rule, way.path(), way.occasion(), moment);
        follow(
                windowed.received(reached, side, handover, windows),
                new Chain("", 0, way.occasion(), moment, Cause.EVENTS));
        return outcome.take();
    }

    private static IndexedRule of(Side side, Ruleset ruleset) {
        return ruleset.isFed() ? side.silent() : side.speaking();
    }

    /** {@link #passed(Arms, Due, long, Windows)} with one version of each ruleset. */
    public Evaluation passed(RuleIndexes with, Due due, long streamMs, Windows windowsOfTask) {
        return passed(Arms.of(with), due, streamMs, windowsOfTask);
    }

    /**
     * What comes of time that passed for a key: windows that ended, or a silence. The current version of the rule decides
     * about it, of two the one that has the key; nothing comes of it when that has no windows any more, or is set apart: then
     * the state waits as it is.
     *
     * @param streamMs stream time of this task
     */
    public Evaluation passed(Arms of, Due due, long streamMs, Windows windowsOfTask) {
        arms = of;
        RuleIndexes with = begin(of.of(due.key()), windowsOfTask);
        Side side = of.side(due.rule());
        IndexedRule rule = side == null ? with.indexed(due.ruleset(), due.rule().id()) : side.speaking();
        if (rule == null || of.isWaiting(due.rule())) {
            return Evaluation.NOTHING;
        }
        follow(
                windowed.passed(new WindowedEvaluation.Passing(rule, side, due, windowsOfTask), streamMs),
                Chain.start(due.newest(streamMs)));
        return outcome.take();
    }

    /** {@link #ticked(Arms, TimedRule, Tick)} with one version of each ruleset. */
    public Evaluation ticked(RuleIndexes with, TimedRule timed, Tick tick) {
        return ticked(Arms.of(with), timed, tick);
    }

    /**
     * What comes of a tick of a rule that goes by the clock, chained rules included; never throws for a figure's sake. Its
     * matches have the tick as their occasion. A tick that comes while the rule is set apart is lost.
     */
    public Evaluation ticked(Arms of, TimedRule timed, Tick tick) {
        if (of.isApart(timed.indexed().rule())) {
            return Evaluation.NOTHING;
        }
        arms = of;
        begin(of.ofClock(), NoWindows.INSTANCE);
        IndexedRule indexed = timed.indexed();
        try {
            if (matches(indexed.rule(), tick)) {
                List<@Nullable Object> values = EmittedValues.of(indexed.values(), tick);
                Occasion occasion = Occasion.passed(tick.timeMs(), tick.instance(), tick.moment());
                Match match = new Match(indexed.ruleset(), indexed.rule(), indexed.id(), values, occasion, null);
                follow(List.of(match), Chain.start(tick));
            }
        } catch (EvaluationException e) {
            outcome.add(
                    new RuleFailure(indexed.ruleset(), indexed.rule(), indexed.id(), String.valueOf(e.getMessage())));
        }
        return outcome.take();
    }

    @SuppressWarnings("ReferenceEquality")
    private RuleIndexes begin(RuleIndexes with, Windows windowsOfTask) {
        if (with != indexes) {
            indexes = with;
            type = null;
        }
        windows = windowsOfTask;
        windowed.use(arms.apart());
        return with;
    }

    /** Events of one type mostly come one after another. */
    @SuppressWarnings("ReferenceEquality")
    private @Nullable RuleIndex index(RuleIndexes with, EventType of) {
        if (with != indexes || of != type || arms.apart() != apartOf) {
            indexes = with;
            type = of;
            index = with.of(of);
            apartOf = arms.apart();
            apart = index == null ? null : apartOf.slots(index);
            windowed.use(apartOf);
        }
        return index;
    }

    /** Goes through what was found for the event. */
    @SuppressWarnings("ReferenceEquality")
    private void act(RuleIndex rules, Event event, Chain chain) {
        Hits hits = hitsByDepth.get(chain.depth());
        Ruleset decided = null;
        for (int i = 0; i < hits.size(); i++) {
            IndexedRule indexed = rules.rule(hits.slot(i));
            Ruleset ruleset = indexed.ruleset();
            if (ruleset == decided) {
                continue;
            }
            CompiledRule rule = indexed.rule();
            String path = chain.path().isEmpty() ? indexed.id() : chain.path() + indexed.id();
            if (hits.isApart(hits.slot(i))) {
                owe(indexed, path, chain);
                continue;
            }
            try {
                if (!hits.isSuspect(i) || matches(rule, event)) {
                    decided = indexed.isDeciding() ? ruleset : null;
                    if (indexed.windowed() != null) {
                        meet(new Reached(indexed, path, chain.occasion(), chain.moment()), event, chain);
                        continue;
                    }
                    List<@Nullable Object> values = EmittedValues.of(indexed.values(), event);
                    Match match = new Match(ruleset, rule, path, values, chain.occasion(), null);
                    outcome.add(match);
                    if (indexed.isChained() || indexes.isFeedingBehind()) {
                        follow(match, chain);
                    }
                }
            } catch (EvaluationException e) {
                outcome.add(new RuleFailure(ruleset, rule, path, String.valueOf(e.getMessage())));
            }
        }
    }

    /** Nothing is asked of the rule. Which of two versions has a group key that is not the event's, only a rule could tell. */
    private void owe(IndexedRule indexed, String path, Chain chain) {
        Side side = arms.side(indexed.rule());
        IndexedRule owing = side == null || isHome(indexed.rule(), chain) ? indexed : side.speaking();
        outcome.add(new Owed(owing.ruleset(), owing.rule(), path));
    }

    private boolean isHome(CompiledRule rule, Chain chain) {
        return chain.depth() == 0 && windows.isHome(rule);
    }

    /** What the whole condition of a suspect says. */
    private static boolean matches(CompiledRule rule, Event event) throws EvaluationException {
        Expression when = rule.when();
        return when == null || when.test(event);
    }

    private void meet(Reached reached, Event event, Chain chain) {
        IndexedRule indexed = reached.indexed();
        Side side = arms.side(indexed.rule());
        if (!indexed.ruleset().isFed()) {
            met.met(indexed.ruleset(), indexed.rule());
        }
        if (isHome(indexed.rule(), chain)) {
            follow(windowed.meet(reached, side, event, windows), chain);
        } else if (chain.cause() == Cause.EVENTS) {
            // The clock reaches windows only of an earlier version that is fed: the compiler allows no others.
            windowed.handOver(reached, side, event, windows);
        }
    }

    private void follow(List<Match> matches, Chain chain) {
        for (Match match : matches) {
            if (match.ruleset().isFed()) {
                continue;
            }
            outcome.add(match);
            follow(match, chain);
        }
    }

    /** What a version emitted is read by its own rules. */
    private void follow(Match match, Chain chain) {
        EventType emitted = match.rule().emit().type();
        RuleIndexes before = indexes;
        RuleIndexes own = arms.deciding(before, match.ruleset());
        RuleIndex chained = own.of(match.ruleset(), emitted);
        if (chained == null) {
            return;
        }
        int depth = chain.depth() + 1;
        if (depth == hitsByDepth.size()) {
            hitsByDepth.add(new Hits());
        }
        Event event = new EmittedEvent(emitted, match.values());
        chained.find(event, hitsByDepth.get(depth), arms.apart().slots(chained));
        indexes = own;
        act(chained, event, chain.behind(match));
        indexes = before;
    }
}
