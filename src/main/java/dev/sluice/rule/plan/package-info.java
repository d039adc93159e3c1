/**
 * Planned expressions: small typed nodes that read event fields by position, without boxing between numbers. A plan is
 * immutable and shared by all threads; what one evaluation needs is in its {@link dev.sluice.rule.plan.Locals}. Failures
 * never hold a value of an event. What compares a field with constants, the common case, is one node that calls no other:
 * {@code FieldOrder}, {@code FieldEquality}, {@code FieldTexts}. Pure: no expression language is known here.
 */
@NullMarked
package dev.sluice.rule.plan;

import org.jspecify.annotations.NullMarked;
