/** The commands of {@code sluice}, one class each. */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
