/**
 * How a version of a ruleset takes over from the one before: strategies, states, health, the split of keys, and the
 * decider. Pure: time, the fleet and what it did are arguments, and records and answers are what comes out.
 */
@NullMarked
package dev.sluice.deployment;

import org.jspecify.annotations.NullMarked;
