package io.tidewatch.analytics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.window.FoldedWindow;
import io.tidewatch.analytics.window.MovingWindow;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FeatureAggregateTest {
  private static final WindowSpec WINDOW =
      new WindowSpec(Duration.ofMinutes(5), Duration.ofMinutes(1));
  private static final TelemetryModel PUMP = model("current", "pressure");
  private static final DeviceKey KEY = new DeviceKey("pump", "p-7");

  private final FeatureAggregate aggregate =
      new FeatureAggregate(TelemetryModels.of(List.of(PUMP)));

  @Test
  void summarisesTheRecordsOfAllPanes() {
    FeaturePane first = aggregate.create(KEY);
    aggregate.add(first, record(1, 10));
    FeaturePane second = aggregate.create(KEY);
    aggregate.add(second, record(3, Double.NaN));
    FeaturePane merged = aggregate.create(KEY);
    aggregate.merge(merged, first);
    aggregate.merge(merged, second);

    assertThat(aggregate.window(KEY)).isEqualTo(WINDOW);
    assertThat(aggregate.result(KEY, 0, 300_000, merged))
        .isEqualTo(
            new FeatureVector(
                "pump",
                "p-7",
                0,
                300_000,
                2,
                new double[] {2, Math.sqrt(2), 1, 3, 2, 10, Double.NaN, 10, 10, 1}));
    assertThat(aggregate.codec().copy(merged)).isEqualTo(merged);
  }

  /**
   * 10⁸ records pass through a window of 60 panes, at an offset that eats the deviation of a naive
   * sum of squares.
   */
  @Test
  void featuresDoNotDriftOverAHundredMillionRecords() {
    Random random = new Random(23);
    int kinds = 997;
    int records = 1_000;
    int overlap = 60;
    FeaturePane[] kind = new FeaturePane[kinds];
    for (int k = 0; k < kinds; k++) {
      kind[k] = new FeaturePane(2);
      for (int i = 0; i < records; i++) {
        double x = random.nextGaussian();
        aggregate.add(kind[k], record(1e9 + x, x > 3 ? 1e4 * x : x));
      }
    }
    MovingWindow<FeaturePane> moving =
        new FoldedWindow<FeaturePane, FeaturePane>(
                overlap, () -> aggregate.create(KEY), aggregate::merge, aggregate::merge)
            ::at;
    Panes<FeaturePane> panes = new Panes<>();
    for (int endMs = 1; (endMs - 1L) * records < 100_000_000; endMs++) {
      panes.insert(endMs - 1, kind[endMs % kinds]);
      FeaturePane window = moving.at(panes, endMs - overlap, endMs);
      assertThat(window.records()).isEqualTo((long) Math.min(overlap, endMs) * records);
      if (endMs % 500 == 0) {
        FeaturePane naive = aggregate.create(KEY);
        for (int i = 0; i < panes.size(); i++) {
          naive.merge(panes.get(i));
        }
        double[] expected = naive.features();
        double[] actual = window.features();
        for (int i = 0; i < expected.length; i++) {
          assertThat(actual[i])
              .as("feature %d, end %d", i, endMs)
              .isCloseTo(expected[i], Offset.offset(1e-10 * Math.max(1, Math.abs(expected[i]))));
        }
      }
      panes.dropBefore(endMs - overlap + 1);
    }
  }

  @Test
  void namesFeaturesFieldByField() {
    assertThat(FeatureNames.of(PUMP))
        .containsExactly(
            "current_mean",
            "current_std",
            "current_min",
            "current_max",
            "current_count",
            "pressure_mean",
            "pressure_std",
            "pressure_min",
            "pressure_max",
            "pressure_count");
    assertThat(FeatureNames.indexes(PUMP)).hasSize(10).containsEntry("pressure_min", 7);
    assertThat(FeatureNames.indexOf(PUMP, "pressure_min")).isEqualTo(7);
    assertThat(FeatureNames.indexOf(PUMP, "pressure")).isEqualTo(-1);
  }

  @Test
  void refusesAModelOfTooManyFields() {
    String[] fields = IntStream.range(0, 4097).mapToObj(i -> "f" + i).toArray(String[]::new);
    TelemetryModels models = TelemetryModels.of(List.of(model(fields)));
    assertThatThrownBy(() -> new FeatureAggregate(models))
        .hasMessage("fields: must be at most 4096, was 4097 in model pump");
  }

  private static TelemetryModel model(String... fields) {
    return new TelemetryModel(
        "pump",
        "",
        List.of(fields).stream().map(name -> new TelemetryField(name, "", -1e6, 1e6)).toList(),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        WINDOW);
  }

  private static DeviceTelemetry record(double... values) {
    return new DeviceTelemetry("pump", "p-7", 1, values, Map.of(), null);
  }
}
