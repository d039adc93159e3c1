/** Avro records as typed events: from a schema to an event type, from a record to values. */
@NullMarked
package dev.sluice.event;

import org.jspecify.annotations.NullMarked;
