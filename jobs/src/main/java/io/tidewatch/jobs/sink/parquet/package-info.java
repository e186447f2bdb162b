/**
 * Rows to files of Parquet, in folders by model and day, told with checkpoints. Imports Flink's
 * connector of files, and Parquet.
 */
@NullMarked
package io.tidewatch.jobs.sink.parquet;

import org.jspecify.annotations.NullMarked;
