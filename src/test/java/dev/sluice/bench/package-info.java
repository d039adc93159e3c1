/**
 * What things cost: the latency of events while versions are swapped, and JMH micro-benchmarks of the parts that every
 * event or every version passes. {@link dev.sluice.bench.Benchmarks} runs all of it and writes the report.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
