/**
 * Planned expressions: small typed nodes that read event fields by position, without boxing between numbers. A plan is
 * immutable and shared by all threads; what one evaluation needs is in its {@link dev.sluice.rule.plan.Locals}. Failures
 * never hold a value of an event. Pure: no expression language is known here.
 */
@NullMarked
package dev.sluice.rule.plan;

import org.jspecify.annotations.NullMarked;
