/**
 * Makes a data set in this process, and the options that say which stored telemetry is read.
 * Imports picocli, Flink's API, {@code jobs} and {@code embedded}.
 */
@NullMarked
package io.tidewatch.cli.dataset;

import org.jspecify.annotations.NullMarked;
