/** Which keys of the events a version of a ruleset decides about. Pure: no clock, no Kafka. */
@NullMarked
package dev.sluice.deployment;

import org.jspecify.annotations.NullMarked;
