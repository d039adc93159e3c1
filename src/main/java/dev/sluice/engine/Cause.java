package dev.sluice.engine;

import dev.sluice.evaluation.Moment;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What was evaluated: an event, or time that passed.
 *
 * @param moment of the event; of the newest event of the key where time passed
 * @param record what is set aside when a rule fails; without a value where the event's bytes are not at hand
 */
record Cause(Moment moment, Record<byte[], byte[]> record) {}
