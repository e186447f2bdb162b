package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.feature.FeaturePane;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** The features of a field where a model does not choose, as SQL has them. */
final class FeatureRow {

  /** Append only: queries name its fields. */
  static final String TYPE =
      "ROW<`mean` DOUBLE, `std` DOUBLE, `min` DOUBLE, `max` DOUBLE, `count` BIGINT,"
          + " `missing_ratio` DOUBLE>";

  private FeatureRow() {}

  /** NULL of no record. */
  static @Nullable Row of(FeaturePane pane) {
    return pane.records() == 0
        ? null
        : Row.of(
            Missing.toNull(pane.mean(0)),
            Missing.toNull(pane.sampleDeviation(0)),
            Missing.toNull(pane.min(0)),
            Missing.toNull(pane.max(0)),
            (long) pane.count(0),
            Missing.toNull(pane.missingRatio(0)));
  }
}
