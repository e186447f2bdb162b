package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.feature.FeaturePane;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code WINDOW_FEATURES(x DOUBLE) → ROW}: the features of a field that the telemetry job computes
 * where a model does not choose, the same bit for bit, see {@link FeaturePane}. NULL and what is
 * not finite is missing: it counts in {@code missing_ratio} and in nothing else. NULL of no row.
 *
 * <p>It has no {@code retract}: the least value of those left is not in sums. So Flink refuses it
 * over frames and corrected inputs before the query starts; {@link FrameFeaturesFunction} is for
 * these.
 */
@FunctionHint(
    accumulator =
        @DataTypeHint(
            value = "RAW",
            bridgedTo = FeaturePane.class,
            rawSerializer = FeaturePaneSerializer.class),
    output = @DataTypeHint(FeatureRow.TYPE))
public final class WindowFeaturesFunction extends AggregateFunction<Row, FeaturePane> {
  private static final long serialVersionUID = 1;

  private final double[] values = new double[1];

  @Override
  public FeaturePane createAccumulator() {
    return new FeaturePane(1);
  }

  public void accumulate(FeaturePane pane, @Nullable Double x) {
    values[0] = Missing.toNaN(x);
    pane.add(values);
  }

  public void merge(FeaturePane pane, Iterable<FeaturePane> others) {
    for (FeaturePane other : others) {
      pane.merge(other);
    }
  }

  @Override
  public @Nullable Row getValue(FeaturePane pane) {
    return FeatureRow.of(pane);
  }
}
