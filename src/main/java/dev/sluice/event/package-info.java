/**
 * Avro records as typed events: from a schema to an event type, from a record to values. An {@link
 * dev.sluice.event.EncodedEvent} stays in the bytes of its message and decodes the fields that are asked for; an {@link
 * dev.sluice.event.AvroEvent} is a view of a decoded record.
 */
@NullMarked
package dev.sluice.event;

import org.jspecify.annotations.NullMarked;
