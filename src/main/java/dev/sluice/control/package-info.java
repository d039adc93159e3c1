/** The control topic folded into one immutable image, and what an instance reports of itself. */
@NullMarked
package dev.sluice.control;

import org.jspecify.annotations.NullMarked;
