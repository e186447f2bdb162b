/**
 * Scores rows of features by models that are trained on them while they pass. Imports Flink's API,
 * {@code analytics.forest}, {@code analytics.model}, {@code schemas} and SLF4J.
 */
@NullMarked
package io.tidewatch.udfs.anomaly;

import org.jspecify.annotations.NullMarked;
