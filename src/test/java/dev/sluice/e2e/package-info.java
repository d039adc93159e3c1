/** Whole engines on a broker: kills, restarts, swaps under load, fleets, outages, and the commands of the README. */
@NullMarked
package dev.sluice.e2e;

import org.jspecify.annotations.NullMarked;
