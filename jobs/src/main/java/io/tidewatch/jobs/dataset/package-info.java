/**
 * The data set job: stored telemetry to Parquet files for training, in Flink's batch mode. Imports
 * Flink's DataStream API, Parquet, {@code udfs}, {@code analytics}, {@code schemas} and {@code
 * jobs.config}.
 */
@NullMarked
package io.tidewatch.jobs.dataset;

import org.jspecify.annotations.NullMarked;
