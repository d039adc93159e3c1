/**
 * Settings of the whole fleet: what they are, what lies over what, and what one file changes against another. Pure: text is
 * read elsewhere, and who asks says what an instance has of its own.
 */
@NullMarked
package dev.sluice.settings;

import org.jspecify.annotations.NullMarked;
