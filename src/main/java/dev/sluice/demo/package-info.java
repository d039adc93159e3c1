/** The embedded broker and the demonstration on real departures. */
@NullMarked
package dev.sluice.demo;

import org.jspecify.annotations.NullMarked;
