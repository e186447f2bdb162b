package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.ColumnStatistics;
import io.tidewatch.analytics.dataset.CorrelationMatrix;
import io.tidewatch.analytics.dataset.Selection.Verdict;
import io.tidewatch.analytics.scale.ScalerFit;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.schemas.codec.ScalerCodec;
import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.dataset.Correlation;
import io.tidewatch.schemas.dataset.DatasetOrigin;
import io.tidewatch.schemas.dataset.DatasetRows;
import io.tidewatch.schemas.dataset.DatasetStatistics;
import io.tidewatch.schemas.dataset.FeatureColumn;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data set, split, and all that is fitted and counted over them. Statistics are those
 * of raw values; the scaler knows train only.
 *
 * <p>Memory: the rows stay on disk; {@link HeapRoom#OF_COLUMNS} bytes of each, and 48 a pair of
 * features.
 *
 * @param scaler null where rows are not scaled
 */
record TrainingSet(
    FeatureColumns columns,
    Parts parts,
    List<FeatureColumn> features,
    @Nullable Scaler scaler,
    Correlation correlation) {
  private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

  /**
   * @throws ConfigException when a part has no row, one tells of the other, or a column tells
   *     nothing
   */
  static TrainingSet of(
      TrainingRows rows, Survey survey, DatasetFiles files, FeatureColumns columns)
      throws IOException {
    Parts parts = Parts.of(rows, survey, files);
    List<FeatureColumn> features = new ArrayList<>();
    for (String name : columns.names()) {
      double[] values = rows.column(name);
      features.add(
          new FeatureColumn(
              name,
              statistics(parts.of(values, null)),
              statistics(parts.of(values, Part.TRAIN)),
              statistics(parts.of(values, Part.VALIDATION))));
    }
    if (files.config().constantColumns() == DatasetConfig.ConstantColumns.REFUSE) {
      requireTelling(features, files);
    }
    ScalerFit fit = new ScalerFit(columns.names());
    CorrelationMatrix correlation = new CorrelationMatrix(columns.names().size());
    parts.forEach(
        rows,
        (part, row) -> {
          double[] values = columns.of(row.vector().features());
          correlation.add(values);
          if (part == Part.TRAIN) {
            fit.add(values);
          }
        });
    return new TrainingSet(columns, parts, features, scaler(fit, files), correlation.correlation());
  }

  /** Statistics of one column. */
  static ColumnSummary statistics(double[] values) {
    return ColumnStatistics.of(values, QUANTILES);
  }

  private static void requireTelling(List<FeatureColumn> features, DatasetFiles files) {
    for (FeatureColumn feature : features) {
      ColumnSummary train = feature.train();
      if (FeatureColumns.isBookkeeping(feature.name())) {
        continue;
      }
      if (train.count() == 0) {
        throw files.refused(
            "constant_columns: refuse: %s must have values in train, was missing in all %d rows"
                .formatted(feature.name(), train.rows()));
      }
      if (train.min() == train.max()) {
        throw files.refused(
            "constant_columns: refuse: %s must vary in train, was %s in all %d rows that have it"
                .formatted(feature.name(), train.min(), train.count()));
      }
    }
  }

  private static @Nullable Scaler scaler(ScalerFit fit, DatasetFiles files) {
    Scaling scaling = files.config().normalisation().scaling();
    if (scaling == null) {
      return null;
    }
    try {
      return ScalerCodec.versionedByContent(files.model().name(), scaling, fit.statistics());
    } catch (IllegalArgumentException e) {
      throw files.refused("normalisation.method: " + e.getMessage());
    }
  }

  /** All that the data set says of itself. */
  DatasetStatistics statistics(DatasetFiles files, DatasetOrigin origin, ReadCounts counts) {
    return new DatasetStatistics(
        origin,
        files.model(),
        files.label(),
        parts.settings(),
        new DatasetRows(
            counts.of(Verdict.SELECTED),
            counts.rejected(),
            parts.count(Part.TRAIN),
            parts.count(Part.VALIDATION),
            parts.embargo()),
        parts.classes(),
        scaler,
        features,
        correlation);
  }
}
