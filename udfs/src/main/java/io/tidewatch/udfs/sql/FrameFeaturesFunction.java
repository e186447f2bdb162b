package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.feature.RetractableSummary;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code FRAME_FEATURES(x DOUBLE) → ROW}: what {@link WindowFeaturesFunction} tells, bit for bit,
 * where values are taken back: in the moving frames of {@code OVER} and over corrected input. It
 * keeps each different value, see {@link RetractableSummary}, and so is not the same function:
 * windows that need no such thing would pay for it.
 */
@FunctionHint(
    accumulator =
        @DataTypeHint(
            value = "RAW",
            bridgedTo = RetractableSummary.class,
            rawSerializer = RetractableSummarySerializer.class),
    output = @DataTypeHint(FeatureRow.TYPE))
public final class FrameFeaturesFunction extends AggregateFunction<Row, RetractableSummary> {
  private static final long serialVersionUID = 1;

  @Override
  public RetractableSummary createAccumulator() {
    return new RetractableSummary();
  }

  public void accumulate(RetractableSummary summary, @Nullable Double x) {
    summary.add(Missing.toNaN(x));
  }

  public void retract(RetractableSummary summary, @Nullable Double x) {
    summary.retract(Missing.toNaN(x));
  }

  public void merge(RetractableSummary summary, Iterable<RetractableSummary> others) {
    for (RetractableSummary other : others) {
      summary.merge(other);
    }
  }

  @Override
  public @Nullable Row getValue(RetractableSummary summary) {
    return FeatureRow.of(summary.summary());
  }
}
