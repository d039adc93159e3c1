/** Event times rulesets gives matches and failures. Pure: no clock, no Kafka, no I/O. */
@NullMarked
package dev.sluice.evaluation;

import org.jspecify.annotations.NullMarked;
