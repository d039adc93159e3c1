package dev.sluice.evaluation;

import dev.sluice.rule.Event;

/** What an event is offered to on its way through an index. Immutable. */
abstract class Probe {

    /** Adds the rules that the event may concern. */
    abstract void offer(Event event, Hits hits);
}
