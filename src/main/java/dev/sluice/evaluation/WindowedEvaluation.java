package dev.sluice.evaluation;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.window.KeyState;
import dev.sluice.window.KeyState.Admission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windowed rules at work: adds events to windows, hands over those of other tasks, looks at what it touched. Gives what a rule
 * emitted; what follows from that is the evaluator's. Keeps its working memory from event to event.
 */
final class WindowedEvaluation {
    private static final String OTHER_FIELDS =
            "another version of the rule handed the event over, with other fields than this one reads";

    private static final String PAST_WINDOW =
            "the window of the newest event was past before the silence was over: use a sliding window";

    private final Outcome outcome;
    private final Arguments arguments = new Arguments();
    private final ScopeEvent scope = new ScopeEvent();
    private Apart apart = Apart.NONE;
    private final Look.OfEvent ofEvent;
    private final Look.OfEnd ofEnd;
    private final Look.OfSilence ofSilence;

    WindowedEvaluation(Outcome outcome) {
        this.outcome = outcome;
        this.ofEvent = new Look.OfEvent(outcome, scope);
        this.ofEnd = new Look.OfEnd(outcome, scope);
        this.ofSilence = new Look.OfSilence(outcome, scope);
    }

    /** The rules that are not evaluated from now on. */
    void use(Apart rules) {
        apart = rules;
    }

    /** An event that meets the rule's condition, of a key that this task has. */
    List<Match> meet(Reached met, @Nullable Side side, Event event, Windows windows) {
        GroupKey key = key(met, event);
        if (key == null) {
            return List.of();
        }
        if (side != null && side.isShared() && !side.owns(key, met.moment().eventMs(), windows)) {
            return List.of();
        }
        Reached reached = voiced(met, side, key, windows);
        if (!evaluateArguments(reached, event)) {
            return List.of();
        }
        KeyState state = state(reached, side, key, windows);
        if (reached.windowed().isTimed()) {
            return addTimed(reached, new Keyed(side, key, state, windows));
        }
        scope.begin(reached.windowed(), event);
        return add(reached, state) ? looked(reached, key, state) : List.of();
    }

    /** The rule with a voice or without. */
    private static Reached voiced(Reached met, @Nullable Side side, GroupKey key, Windows windows) {
        return side == null ? met : met.with(side.speaker(key, met.moment().eventMs(), windows));
    }

    /**
     * An event that meets the rule's condition, of a key that another task has. Where two versions share the state, it is the
     * version of the group key that admits it.
     */
    void handOver(Reached met, @Nullable Side side, Event event, Windows windows) {
        GroupKey key = key(met, event);
        if (key == null) {
            return;
        }
        if (side != null && side.isShared() && !side.owns(key, met.moment().eventMs(), windows)) {
            return;
        }
        Reached reached = voiced(met, side, key, windows);
        if (!evaluateArguments(reached, event)) {
            return;
        }
        List<@Nullable Object> fields = reached.windowed().windowing().scope().read().stream()
                .<@Nullable Object>map(event::value)
                .toList();
        outcome.add(new Handover(reached.way(), key, arguments.boxed(), fields));
    }

    /** An event that another task handed over. */
    List<Match> received(Reached reached, @Nullable Side side, Handover handover, Windows windows) {
        arguments.take(handover.arguments());
        KeyState state = state(reached, side, handover.key(), windows);
        if (reached.windowed().isTimed()) {
            return addTimed(reached, new Keyed(side, handover.key(), state, windows));
        }
        if (!add(reached, state)) {
            return List.of();
        }
        if (handover.fields() == null) {
            outcome.add(reached.failure(OTHER_FIELDS));
            return List.of();
        }
        scope.begin(reached.windowed(), handover.fields());
        return looked(reached, handover.key(), state);
    }

    /** A rule's state of one key. */
    private record Keyed(@Nullable Side side, GroupKey key, KeyState state, Windows windows) {}

    private static KeyState state(Reached reached, @Nullable Side side, GroupKey key, Windows windows) {
        // The state belongs to a version that serves, also where it is silent for a key.
        IndexedRule owner = side == null || !reached.indexed().ruleset().isFed() ? reached.indexed() : side.speaking();
        return windows.of(owner.ruleset(), owner.rule(), key);
    }

    /** The group key; null when it fails, which is noted. */
    private @Nullable GroupKey key(Reached reached, Event event) {
        try {
            return reached.windowed().key(event, reached.moment());
        } catch (EvaluationException e) {
            outcome.add(reached.failure(e));
            return null;
        }
    }

    /** False when one of them fails, which is noted. */
    private boolean evaluateArguments(Reached reached, Event event) {
        try {
            arguments.evaluate(reached.windowed().arguments(), event);
            return true;
        } catch (EvaluationException e) {
            outcome.add(reached.failure(e));
            return false;
        }
    }

    /** Adds the event to its windows. True when it was not late and no sum failed. */
    private boolean add(Reached reached, KeyState state) {
        Moment moment = reached.moment();
        try {
            if (state.add(moment.eventMs(), moment.streamMs(), moment.lateByMs(), arguments) == Admission.ADMITTED) {
                return true;
            }
            outcome.add(reached.late());
        } catch (ArithmeticException e) {
            outcome.add(reached.failure("a sum leaves the range of 64-bit integers"));
        } finally {
            arguments.clear();
        }
        return false;
    }

    private List<Match> looked(Reached reached, GroupKey key, KeyState state) {
        ofEvent.begin(reached, state, key);
        state.visitTouched(ofEvent);
        return ofEvent.take();
    }

    /** Time passes for the key first: what ended before the event does not know it. */
    private List<Match> addTimed(Reached reached, Keyed keyed) {
        long streamMs = passedMs(reached);
        IndexedRule indexed = reached.indexed();
        Due due = new Due(indexed.ruleset(), indexed.rule(), keyed.key(), keyed.state());
        List<Match> matches = passed(new Passing(indexed, keyed.side(), due, keyed.windows()), streamMs);
        if (add(reached, keyed.state())
                && reached.moment().eventMs() >= keyed.state().newestMs()) {
            NewestEvent.remember(reached.moment(), keyed.state());
        }
        return matches;
    }

    /** A silence ends with the event, whatever slower sources may still send; windows wait for the slowest. */
    private static long passedMs(Reached reached) {
        Moment moment = reached.moment();
        return reached.windowed().windowing().trigger() instanceof Trigger.Missing
                ? Math.max(moment.eventMs(), moment.lateByMs())
                : moment.streamMs();
    }

    /**
     * A key for which time passes.
     *
     * @param side null: no other version is evaluated
     */
    record Passing(IndexedRule indexed, @Nullable Side side, Due due, Windows windows) {

        /** The rule that has a say about a window which holds the given time. */
        IndexedRule at(long timeMs) {
            return side == null ? indexed : side.speaker(due.key(), timeMs, windows);
        }
    }

    /** Whether the rule is set apart, while another version's goes on with the state: then it owes what it would have said. */
    private boolean owes(Reached reached) {
        boolean isApart = apart.has(reached.indexed().rule());
        if (isApart) {
            outcome.add(new Owed(reached.indexed().ruleset(), reached.indexed().rule(), reached.path()));
        }
        return isApart;
    }

    /** Time that passed for a key. */
    List<Match> passed(Passing passing, long streamMs) {
        Due due = passing.due();
        IndexedRule indexed = passing.at(due.state().newestMs());
        Reached reached = new Reached(indexed, indexed.id(), Occasion.EVENT, due.newest(streamMs));
        Windowing windowing = reached.windowed().windowing();
        if (Due.atMs(windowing, due.state()) > streamMs) {
            return List.of();
        }
        if (windowing.trigger() instanceof Trigger.Missing missing) {
            scope.begin(reached.windowed());
            ofSilence.begin(reached, due.state(), due.key());
            ofSilence.after(missing.silenceMs());
            if (!owes(reached)) {
                due.state().visitNewest(ofSilence);
                if (!ofSilence.hasLooked()) {
                    outcome.add(reached.failure(PAST_WINDOW));
                }
            }
            NewestEvent.report(due.state());
            return ofSilence.take();
        }
        due.state().visitClosed(streamMs, view -> {
            Reached ended = reached.with(passing.at(view.startMs()));
            if (owes(ended)) {
                return;
            }
            scope.begin(ended.windowed());
            ofEnd.begin(ended, due.state(), due.key());
            ofEnd.accept(view);
        });
        return ofEnd.take();
    }
}
