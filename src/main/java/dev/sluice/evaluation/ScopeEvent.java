package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.window.WindowView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What having and the emitted values of a windowed rule are evaluated over: fields of the event at hand, then aggregates, then
 * bounds and key of the window. Used again for each window.
 */
final class ScopeEvent implements Event {
    private WindowedRule rule;
    private WindowView view;
    private GroupKey key;
    private @Nullable Event event;
    private @Nullable List<@Nullable Object> handed;

    @SuppressWarnings("NullAway.Init") // begin and show are called before anything is read
    ScopeEvent() {}

    /** For windows of a rule, with the fields of an event. */
    void begin(WindowedRule of, Event at) {
        rule = of;
        event = at;
        handed = null;
    }

    /** With the fields that were handed over. */
    void begin(WindowedRule of, List<@Nullable Object> fields) {
        rule = of;
        event = null;
        handed = fields;
    }

    /** Without an event: the fields are those that the window carries. */
    void begin(WindowedRule of) {
        rule = of;
        event = null;
        handed = null;
    }

    void show(WindowView window, GroupKey groupKey) {
        view = window;
        key = groupKey;
    }

    @Override
    public EventType type() {
        return rule.windowing().scope().type();
    }

    @Override
    public @Nullable Object value(int position) {
        int past = position - rule.fields();
        if (past < 0) {
            return field(position);
        }
        if (past < rule.named()) {
            return view.value(past);
        }
        return switch (past - rule.named()) {
            case 0 -> Instant.ofEpochMilli(view.startMs());
            case 1 -> Instant.ofEpochMilli(view.endMs());
            default -> key.text();
        };
    }

    private @Nullable Object field(int position) {
        if (event != null) {
            return event.value(position);
        }
        int number = rule.number(position);
        return handed != null ? handed.get(number) : rule.windowing().scope().lastValue(view, number);
    }

    private boolean isAggregate(int position) {
        int past = position - rule.fields();
        return past >= 0 && past < rule.named();
    }

    @Override
    public boolean isLong(int position) {
        if (isAggregate(position)) {
            return view.isLong(position - rule.fields());
        }
        return (event != null && position < rule.fields()) ? event.isLong(position) : value(position) instanceof Long;
    }

    @Override
    public long longValue(int position) {
        if (isAggregate(position)) {
            return view.longValue(position - rule.fields());
        }
        return event != null && position < rule.fields() ? event.longValue(position) : Event.super.longValue(position);
    }

    @Override
    public boolean isDouble(int position) {
        if (isAggregate(position)) {
            return view.isDouble(position - rule.fields());
        }
        return (event != null && position < rule.fields())
                ? event.isDouble(position)
                : value(position) instanceof Double;
    }

    @Override
    public double doubleValue(int position) {
        if (isAggregate(position)) {
            return view.doubleValue(position - rule.fields());
        }
        return event != null && position < rule.fields()
                ? event.doubleValue(position)
                : Event.super.doubleValue(position);
    }
}
