/** Files of events, CSV, JSON lines or Avro, as a stream of Avro records of a topic's schema. */
@NullMarked
package dev.sluice.events;

import org.jspecify.annotations.NullMarked;
