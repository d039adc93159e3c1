package dev.sluice.events;

import org.apache.avro.generic.GenericRecord;

/** One row of an event file. */
public sealed interface EventRow {
    /** Line in the file from 1; in an Avro file the number of the record. */
    long line();

    /** A row that is an event. */
    record Event(long line, GenericRecord event) implements EventRow {}

    /**
     * A row that is none.
     *
     * @param column field concerned; empty when the row as a whole is wrong
     * @param message what is wrong, for example {@code delay_minutes: 'abc' is not an int}
     */
    record Bad(String file, long line, String column, String message) implements EventRow {
        @Override
        public String toString() {
            return file + ":" + line + ": " + message;
        }
    }
}
