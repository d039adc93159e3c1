/** The model of rules: event types, expressions, rules as compiled, and the problems of an author. Pure: values only. */
@NullMarked
package dev.sluice.rule;

import org.jspecify.annotations.NullMarked;
