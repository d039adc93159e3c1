package dev.sluice.rule.compile;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** A YAML parser that refuses to nest deeper, and to alias more often, than a rule file ever needs. */
final class BoundedParser implements Parser {
    static final int DEPTH_MAX = 20;
    static final int ALIASES_MAX = 100;

    private static final int EVENTS_A_STEP = 16;

    private final Parser parser;
    private final Pace pace;
    private int events;
    private int depth;
    private int aliases;
    private boolean plain = true;

    BoundedParser(Parser parser, Pace pace) {
        this.parser = parser;
        this.pace = pace;
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return parser.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        if (++events % EVENTS_A_STEP == 0) {
            pace.step();
        }
        Event event = parser.next();
        plain &= isPlain(event);
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> depth++;
            case SequenceEnd, MappingEnd -> depth--;
            case Alias -> aliases++;
            default -> {}
        }
        if (depth > DEPTH_MAX) {
            throw refused("the file nests deeper than " + DEPTH_MAX + " levels", event);
        }
        if (aliases > ALIASES_MAX) {
            throw refused("the file uses more than " + ALIASES_MAX + " aliases", event);
        }
        return event;
    }

    /** Whether there was no anchor, alias, tag, directive or end of a document so far. */
    boolean isPlain() {
        return plain;
    }

    private static boolean isPlain(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag().isEmpty() && scalar.getAnchor().isEmpty();
        }
        if (event instanceof CollectionStartEvent start) {
            return start.getTag().isEmpty() && start.getAnchor().isEmpty();
        }
        if (event instanceof DocumentStartEvent start) {
            return start.getSpecVersion().isEmpty() && start.getTags().isEmpty();
        }
        return !(event instanceof AliasEvent) && !(event instanceof DocumentEndEvent end && end.isExplicit());
    }

    private static ParserException refused(String message, Event event) {
        return new ParserException("", Optional.empty(), message, event.getStartMark());
    }
}
