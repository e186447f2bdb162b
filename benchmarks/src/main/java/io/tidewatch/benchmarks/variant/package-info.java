/** The ways to compute the same windows, one class each. Imports Flink, analytics, udfs. */
@NullMarked
package io.tidewatch.benchmarks.variant;

import org.jspecify.annotations.NullMarked;
