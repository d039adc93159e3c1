package dev.sluice.evaluation;

import dev.sluice.evaluation.Match.Sight;
import dev.sluice.rule.EvaluationException;
import dev.sluice.window.KeyState;
import dev.sluice.window.WindowView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at windows of one rule and key: whether having is true, and whether that makes the rule emit. What it emits is kept
 * until all windows were looked at, since chained rules may look at windows too. Used again.
 */
abstract class Look implements Consumer<WindowView> {
    private final Outcome outcome;
    private final ScopeEvent scope;
    private Reached reached;
    private KeyState state;
    private GroupKey key;
    private List<Match> matches = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // begin is called before anything is shown
    Look(Outcome outcome, ScopeEvent scope) {
        this.outcome = outcome;
        this.scope = scope;
    }

    final void begin(Reached by, KeyState of, GroupKey groupKey) {
        reached = by;
        state = of;
        key = groupKey;
    }

    /** What was emitted; afterwards nothing is. */
    final List<Match> take() {
        if (matches.isEmpty()) {
            return List.of();
        }
        List<Match> taken = matches;
        matches = new ArrayList<>();
        return taken;
    }

    @Override
    public void accept(WindowView view) {
        scope.show(view, key);
        try {
            if (fires(view, reached.windowed().holds(scope)) && !isQuiet(timeMs(view))) {
                emit(view);
            }
        } catch (EvaluationException e) {
            outcome.add(reached.failure(e));
        }
    }

    /** Whether the rule emits for a window for which having is true or not. */
    abstract boolean fires(WindowView view, boolean holds);

    /** Time of the emission. */
    abstract long timeMs(WindowView view);

    abstract Occasion occasion(WindowView view);

    final Reached reached() {
        return reached;
    }

    /** Text of the group key. */
    final String key() {
        return key.text();
    }

    private long cooldownMs() {
        return reached.windowed().windowing().trigger().cooldownMs();
    }

    private boolean isQuiet(long timeMs) {
        long cooldownMs = cooldownMs();
        return cooldownMs > 0
                && state.emittedMs() != Long.MIN_VALUE
                && timeMs < Due.later(state.emittedMs(), cooldownMs);
    }

    private void emit(WindowView view) throws EvaluationException {
        IndexedRule indexed = reached.indexed();
        List<@Nullable Object> values = EmittedValues.of(indexed.values(), scope);
        Sight sight = new Sight(new WindowSpan(view.startMs(), view.endMs()), key());
        matches.add(new Match(indexed.ruleset(), indexed.rule(), reached.path(), values, occasion(view), sight));
        if (cooldownMs() > 0) {
            state.setEmittedMs(timeMs(view));
        }
    }

    /** As an event comes. */
    static final class OfEvent extends Look {
        OfEvent(Outcome outcome, ScopeEvent scope) {
            super(outcome, scope);
        }

        @Override
        boolean fires(WindowView view, boolean holds) {
            if (reached().windowed().isEach()) {
                return holds;
            }
            boolean held = view.isSet();
            if (held != holds) {
                view.set(holds);
            }
            return holds && !held;
        }

        @Override
        long timeMs(WindowView view) {
            return reached().moment().eventMs();
        }

        @Override
        Occasion occasion(WindowView view) {
            Occasion occasion = reached().occasion();
            return reached().windowed().isMarked() ? occasion.in(view.startMs()) : occasion;
        }
    }

    /** As windows end. */
    static final class OfEnd extends Look {
        OfEnd(Outcome outcome, ScopeEvent scope) {
            super(outcome, scope);
        }

        @Override
        boolean fires(WindowView view, boolean holds) {
            return holds;
        }

        @Override
        long timeMs(WindowView view) {
            return view.endMs();
        }

        @Override
        Occasion occasion(WindowView view) {
            Moment newest = reached().moment();
            Moment end = new Moment.At(view.endMs() - 1, newest.streamMs(), newest.key(), newest.position());
            return Occasion.passed(view.startMs(), key(), end);
        }
    }

    /** After a silence; of several windows with the newest event the earliest. */
    static final class OfSilence extends Look {
        private long silenceMs;
        private boolean looked;

        OfSilence(Outcome outcome, ScopeEvent scope) {
            super(outcome, scope);
        }

        void after(long ms) {
            silenceMs = ms;
            looked = false;
        }

        boolean hasLooked() {
            return looked;
        }

        @Override
        public void accept(WindowView view) {
            if (!looked) {
                looked = true;
                super.accept(view);
            }
        }

        @Override
        boolean fires(WindowView view, boolean holds) {
            return holds;
        }

        @Override
        long timeMs(WindowView view) {
            return Due.later(reached().moment().eventMs(), silenceMs);
        }

        @Override
        Occasion occasion(WindowView view) {
            Moment newest = reached().moment();
            Moment end = new Moment.At(timeMs(view), newest.streamMs(), newest.key(), newest.position());
            return Occasion.passed(newest.eventMs(), key(), end);
        }
    }
}
