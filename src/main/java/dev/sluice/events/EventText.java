package dev.sluice.events;

import org.apache.avro.Schema;

/** One event written as JSON. */
public final class EventText {
    private EventText() {}

    /** The event, or why the text is none: every field under its name, missing ones by their default. */
    public static EventRow parse(String json, Schema schema) {
        return JsonRows.row(new JsonRows.Source("event", 1), json, schema);
    }
}
