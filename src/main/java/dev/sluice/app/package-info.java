/** The composition root: wires the planes, starts and stops them in order. */
@NullMarked
package dev.sluice.app;

import org.jspecify.annotations.NullMarked;
