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
    private final Look.OfEvent ofEvent;
    private final Look.OfEnd ofEnd;
    private final Look.OfSilence ofSilence;

    WindowedEvaluation(Outcome outcome) {
        this.outcome = outcome;
        this.ofEvent = new Look.OfEvent(outcome, scope);
        this.ofEnd = new Look.OfEnd(outcome, scope);
        this.ofSilence = new Look.OfSilence(outcome, scope);
    }

    /** An event that meets the rule's condition, of a key that this task has. */
    List<Match> meet(Reached reached, Event event, Windows windows) {
        GroupKey key = prepared(reached, event);
        if (key == null) {
            return List.of();
        }
        KeyState state = state(reached, key, windows);
        if (reached.windowed().isTimed()) {
            return addTimed(reached, key, state);
        }
        scope.begin(reached.windowed(), event);
        return add(reached, state) ? looked(reached, key, state) : List.of();
    }

    /** An event that meets the rule's condition, of a key that another task has. */
    void handOver(Reached reached, Event event) {
        GroupKey key = prepared(reached, event);
        if (key == null) {
            return;
        }
        List<@Nullable Object> fields = reached.windowed().windowing().scope().read().stream()
                .<@Nullable Object>map(event::value)
                .toList();
        outcome.add(new Handover(reached.way(), key, arguments.boxed(), fields));
    }

    /** An event that another task handed over. */
    List<Match> received(Reached reached, Handover handover, Windows windows) {
        arguments.take(handover.arguments());
        KeyState state = state(reached, handover.key(), windows);
        if (reached.windowed().isTimed()) {
            return addTimed(reached, handover.key(), state);
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

    private static KeyState state(Reached reached, GroupKey key, Windows windows) {
        return windows.of(reached.indexed().ruleset(), reached.indexed().rule(), key);
    }

    /** Evaluates key and arguments; null when one of them fails, which is noted. */
    private @Nullable GroupKey prepared(Reached reached, Event event) {
        try {
            GroupKey key = reached.windowed().key(event, reached.moment());
            arguments.evaluate(reached.windowed().arguments(), event);
            return key;
        } catch (EvaluationException e) {
            outcome.add(reached.failure(e));
            return null;
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
    private List<Match> addTimed(Reached reached, GroupKey key, KeyState state) {
        long streamMs = passedMs(reached);
        Due due = new Due(reached.indexed().ruleset(), reached.indexed().rule(), key, state);
        List<Match> matches = passed(reached.indexed(), due, streamMs);
        if (add(reached, state) && reached.moment().eventMs() >= state.newestMs()) {
            NewestEvent.remember(reached.moment(), state);
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

    /** Time that passed for a key. */
    List<Match> passed(IndexedRule indexed, Due due, long streamMs) {
        Reached reached = new Reached(indexed, indexed.id(), Occasion.EVENT, due.newest(streamMs));
        Windowing windowing = reached.windowed().windowing();
        if (Due.atMs(windowing, due.state()) > streamMs) {
            return List.of();
        }
        scope.begin(reached.windowed());
        if (windowing.trigger() instanceof Trigger.Missing missing) {
            ofSilence.begin(reached, due.state(), due.key());
            ofSilence.after(missing.silenceMs());
            due.state().visitNewest(ofSilence);
            if (!ofSilence.hasLooked()) {
                outcome.add(reached.failure(PAST_WINDOW));
            }
            NewestEvent.report(due.state());
            return ofSilence.take();
        }
        ofEnd.begin(reached, due.state(), due.key());
        due.state().visitClosed(streamMs, ofEnd);
        return ofEnd.take();
    }
}
