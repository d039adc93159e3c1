/** Small functions on names that messages need. Pure. */
@NullMarked
package dev.sluice.text;

import org.jspecify.annotations.NullMarked;
