/**
 * Avro in the Confluent wire format: the serde and the registries behind it. {@link dev.sluice.serde.AvroSerde} is chosen
 * by class name and configured by Confluent's setting names. Errors are a sealed family, {@link
 * dev.sluice.serde.SerdeException}: it tells bytes that will never decode from a registry that does not answer now. {@link
 * dev.sluice.serde.SingleObject} encodes the project's own records without any registry.
 */
@NullMarked
package dev.sluice.serde;

import org.jspecify.annotations.NullMarked;
