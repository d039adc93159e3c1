/** What the integration tests share: the broker under test. */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;
