/** Sluice changes the rules of a live Kafka stream without stopping it. Start reading at {@code app.RulesEngine}. */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
