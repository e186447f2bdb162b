/**
 * Cleaning as a Flink function. Imports Flink's API, {@code analytics.clean} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.udfs.clean;

import org.jspecify.annotations.NullMarked;
