/**
 * Rows of data sets in Parquet files of a local or mounted file system. Imports Parquet, and of
 * Hadoop the one class that Parquet's signatures name.
 */
@NullMarked
package io.tidewatch.jobs.dataset.parquet;

import org.jspecify.annotations.NullMarked;
