/** Files and environment to validated records: {@code sluice.yaml} and {@code topics.yaml}. */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
