package dev.sluice.serde;

import org.apache.avro.Schema;

/**
 * By which schema a message was written.
 *
 * @param datumOffset where in the message's payload the datum begins
 */
public record WriterSchema(Schema schema, int datumOffset) {}
