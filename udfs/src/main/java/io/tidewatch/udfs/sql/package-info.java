/**
 * Functions for users of Flink SQL, independent of the jobs: {@code LOAD MODULE tidewatch}. Imports
 * Flink's table API, {@code udfs.window} (a serialiser), {@code analytics.quantile}, {@code
 * analytics.feature} and {@code analytics.scale}. What SQL users are told is in docs/sql.md.
 *
 * <p>SQL calls {@code eval}, {@code accumulate}, {@code retract} and {@code merge} by name. NULL is
 * skipped by aggregates and answered with NULL by the others; what cannot be answered fails with
 * one line.
 */
@NullMarked
package io.tidewatch.udfs.sql;

import org.jspecify.annotations.NullMarked;
