package dev.sluice.engine;

import dev.sluice.evaluation.Moment;
import dev.sluice.rule.Event;
import org.jspecify.annotations.Nullable;

/** The moment of an event of a topic. Key and position are made when they are asked for: most events match no rule. */
record SourceMoment(SourceEvent source, Event event, long eventMs, long streamMs) implements Moment {

    @Override
    public @Nullable String key() {
        return source.key(event);
    }

    @Override
    public String position() {
        return source.position();
    }
}
