package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.feature.FeaturePane;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class WindowFeaturesFunctionHarnessTest {
  private final WindowFeaturesFunction function = new WindowFeaturesFunction();

  /** Bit for bit, in another order and cut into parts. */
  @Test
  void tellsWhatTheTelemetryJobTellsOfTheSameWindow() {
    TelemetryModel model =
        new TelemetryModel(
            "m",
            "one field",
            List.of(new TelemetryField("x", "1", -1e9, 1e9)),
            UnknownFields.REJECT,
            OutOfRange.MISSING,
            new WindowSpec(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    assertThat(FeatureNames.of(model))
        .startsWith("x_mean", "x_std", "x_min", "x_max", "x_count", "x_missing_ratio");
    double[] values = new Random(5).doubles(1000, -1e6, 1e6).toArray();
    values[17] = Double.NaN;
    FeaturePane ofJob = new FeaturePane(1);
    FeaturePane pane = function.createAccumulator();
    FeaturePane other = function.createAccumulator();
    for (int i = 0; i < values.length; i++) {
      ofJob.add(new double[] {values[i]});
      double last = values[values.length - 1 - i];
      function.accumulate(i % 3 == 0 ? pane : other, Double.isNaN(last) ? null : last);
    }
    function.merge(pane, List.of(stored(other)));

    double[] features =
        new FeatureAggregate(TelemetryModels.of(List.of(model)))
            .result(new DeviceKey("m", "d"), 0, 1000, ofJob)
            .features();
    Row row = function.getValue(stored(pane));

    assertThat(row)
        .isEqualTo(
            Row.of(
                features[0],
                features[1],
                features[2],
                features[3],
                (long) features[4],
                features[5]));
    assertThat(features[5]).isEqualTo(0.001);
  }

  @Test
  void isNullOfNoRowAndTellsOfMissingValuesThatTheyAre() {
    FeaturePane pane = function.createAccumulator();
    assertThat(function.getValue(pane)).isNull();
    function.accumulate(pane, null);
    function.accumulate(pane, Double.POSITIVE_INFINITY);
    assertThat(function.getValue(stored(pane))).isEqualTo(Row.of(null, null, null, null, 0L, 1.0));
    function.accumulate(pane, 4.0);
    function.accumulate(pane, Double.NaN);
    assertThat(function.getValue(stored(pane))).isEqualTo(Row.of(4.0, null, 4.0, 4.0, 1L, 0.75));
  }

  private static FeaturePane stored(FeaturePane pane) {
    return Accumulators.stored(new FeaturePaneSerializer(), pane);
  }
}
