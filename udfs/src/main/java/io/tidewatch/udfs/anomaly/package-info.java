/**
 * Scores rows of features by models that are trained on them while they pass, and single metrics by
 * detectors of their series. Imports Flink's API, {@code analytics.detect}, {@code
 * analytics.forest}, {@code analytics.model}, {@code analytics.series}, {@code schemas} and SLF4J.
 */
@NullMarked
package io.tidewatch.udfs.anomaly;

import org.jspecify.annotations.NullMarked;
