package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.ClassDistribution;
import io.tidewatch.analytics.dataset.ColumnStatistics;
import io.tidewatch.analytics.dataset.CorrelationMatrix;
import io.tidewatch.analytics.dataset.Selection.Verdict;
import io.tidewatch.analytics.scale.ScalerFit;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.schemas.codec.ScalerCodec;
import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.dataset.DatasetOrigin;
import io.tidewatch.schemas.dataset.DatasetRows;
import io.tidewatch.schemas.dataset.DatasetStatistics;
import io.tidewatch.schemas.dataset.FeatureColumn;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data set, split, and all that is fitted and counted over them. Statistics are those
 * of raw values; the scaler knows train only.
 *
 * <p>Memory: all rows, and twice a column.
 *
 * @param scaler null where rows are not scaled
 */
record TrainingSet(
    FeatureColumns columns, Parts parts, @Nullable Scaler scaler, List<FeatureColumn> features) {
  private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

  /**
   * @throws ConfigException when a part has no row, one tells of the other, or a column tells
   *     nothing
   */
  static TrainingSet of(List<LabelledVector> rows, DatasetFiles files, FeatureColumns columns) {
    Parts parts = Parts.of(rows, files);
    List<FeatureColumn> features = new ArrayList<>();
    for (int i = 0; i < columns.names().size(); i++) {
      double[] train = column(parts.of(Part.TRAIN), columns.places()[i]);
      double[] validation = column(parts.of(Part.VALIDATION), columns.places()[i]);
      features.add(
          new FeatureColumn(
              columns.names().get(i),
              statistics(Stream.of(train, validation).flatMapToDouble(DoubleStream::of).toArray()),
              statistics(train),
              statistics(validation)));
    }
    if (files.config().constantColumns() == DatasetConfig.ConstantColumns.REFUSE) {
      requireTelling(features, files);
    }
    return new TrainingSet(columns, parts, scaler(parts.of(Part.TRAIN), files, columns), features);
  }

  /** One column of rows. */
  static double[] column(List<LabelledVector> rows, int place) {
    return rows.stream().mapToDouble(row -> row.vector().features()[place]).toArray();
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

  private static @Nullable Scaler scaler(
      List<LabelledVector> train, DatasetFiles files, FeatureColumns columns) {
    Scaling scaling = files.config().normalisation().scaling();
    if (scaling == null) {
      return null;
    }
    ScalerFit fit = new ScalerFit(columns.names());
    for (LabelledVector row : train) {
      fit.add(columns.of(row.vector().features()));
    }
    Map<String, FeatureStatistics> statistics = fit.statistics();
    try {
      return ScalerCodec.versionedByContent(files.model().name(), scaling, statistics);
    } catch (IllegalArgumentException e) {
      throw files.refused("normalisation.method: " + e.getMessage());
    }
  }

  /** All that the data set says of itself. */
  DatasetStatistics statistics(DatasetFiles files, DatasetOrigin origin, ReadCounts counts) {
    ClassDistribution classes = new ClassDistribution();
    CorrelationMatrix correlation = new CorrelationMatrix(columns.names().size());
    for (Part part : Part.values()) {
      for (LabelledVector row : parts.of(part)) {
        classes.add(part, row.label());
        correlation.add(columns.of(row.vector().features()));
      }
    }
    return new DatasetStatistics(
        origin,
        files.model(),
        files.label(),
        parts.settings(),
        new DatasetRows(
            counts.of(Verdict.SELECTED),
            counts.rejected(),
            parts.of(Part.TRAIN).size(),
            parts.of(Part.VALIDATION).size(),
            parts.embargo()),
        classes.counts(),
        scaler,
        features,
        correlation.correlation());
  }
}
