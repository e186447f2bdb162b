/**
 * Rows of data sets in Parquet files of a local or mounted file system. Imports the writer of
 * columns, and Parquet.
 */
@NullMarked
package io.tidewatch.jobs.dataset.parquet;

import org.jspecify.annotations.NullMarked;
