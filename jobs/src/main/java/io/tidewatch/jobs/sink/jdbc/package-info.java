/**
 * The writer of rows that outlives its database: batches, back-off, bisection, what is refused.
 * Knows no table. Imports Flink's sink interfaces, of the JDBC connector the connection provider,
 * the statement builder and the options, and SLF4J.
 */
@NullMarked
package io.tidewatch.jobs.sink.jdbc;

import org.jspecify.annotations.NullMarked;
