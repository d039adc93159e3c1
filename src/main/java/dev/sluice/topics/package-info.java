/** What {@code topics.yaml} declares against what the cluster has: a plan of operations, and its application. */
@NullMarked
package dev.sluice.topics;

import org.jspecify.annotations.NullMarked;
