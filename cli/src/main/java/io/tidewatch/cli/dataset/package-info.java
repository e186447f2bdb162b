/**
 * Makes a data set in this process. Imports picocli, Flink's API, {@code jobs} and {@code
 * embedded}.
 */
@NullMarked
package io.tidewatch.cli.dataset;

import org.jspecify.annotations.NullMarked;
