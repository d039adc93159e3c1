/**
 * Event times rulesets gives matches and failures. A rule with windows adds the event to the state of its key, which {@link
 * dev.sluice.evaluation.Windows} gives, and looks at the windows that it touched; for a key of another task it gives a {@link
 * dev.sluice.evaluation.Handover}. Time that passes is evaluated like an event. Pure: no clock, no Kafka, no I/O.
 */
@NullMarked
package dev.sluice.evaluation;

import org.jspecify.annotations.NullMarked;
