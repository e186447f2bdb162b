/** The events that every variant is measured on. Imports Flink's API. */
@NullMarked
package io.tidewatch.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
