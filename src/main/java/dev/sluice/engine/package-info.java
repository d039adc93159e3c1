/** The data plane: event topics through the active rulesets to alerts and dead letters, on Kafka Streams. */
@NullMarked
package dev.sluice.engine;

import org.jspecify.annotations.NullMarked;
