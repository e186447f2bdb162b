/**
 * Thin Flink functions over {@code analytics}: they own state, timers, metrics and side outputs,
 * and contain no mathematics. Imports Flink's API, {@code analytics} and {@code schemas}; no
 * connector, no configuration.
 */
@NullMarked
package io.tidewatch.udfs;

import org.jspecify.annotations.NullMarked;
