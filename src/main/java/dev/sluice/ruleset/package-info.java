/** A ruleset with its version and digest, the set of those that are active together, and what changed from one version to the next. */
@NullMarked
package dev.sluice.ruleset;

import org.jspecify.annotations.NullMarked;
