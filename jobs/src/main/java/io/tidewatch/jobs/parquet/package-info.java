/**
 * Files of Parquet of whatever rows: columns, types, compression. Imports Parquet, of Hadoop what
 * stands in Parquet's signatures, and zstd.
 */
@NullMarked
package io.tidewatch.jobs.parquet;

import org.jspecify.annotations.NullMarked;
