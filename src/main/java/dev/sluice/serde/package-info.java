/** Avro in the Confluent wire format: serde, registry client and in-process registry. */
@NullMarked
package dev.sluice.serde;

import org.jspecify.annotations.NullMarked;
