package io.tidewatch.analytics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureAggregateTest {
  private static final WindowSpec WINDOW =
      new WindowSpec(Duration.ofMinutes(5), Duration.ofMinutes(1));
  private static final TelemetryModel PUMP = model("current", "pressure");
  private static final DeviceKey KEY = new DeviceKey("pump", "p-7");

  private final FeatureAggregate aggregate =
      new FeatureAggregate(TelemetryModels.of(List.of(PUMP)));

  @Test
  void summarisesTheRecordsOfAllPanes() {
    DevicePane first = aggregate.create(KEY);
    aggregate.add(first, record(1, 10));
    DevicePane second = aggregate.create(KEY);
    aggregate.add(second, record(3, Double.NaN));
    DevicePane merged = aggregate.create(KEY);
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
                new double[] {
                  2, Math.sqrt(2), 1, 3, 2, 0, 0, 0, 10, Double.NaN, 10, 10, 1, 0.5, 0, 0
                }));
    assertThat(aggregate.codec().copy(merged)).isEqualTo(merged);
  }

  /**
   * 10⁸ records pass through a window of 60 panes: at an offset that eats the deviation of a naive
   * sum of squares, with outliers, and of values that no double can add up.
   */
  @Test
  void featuresDoNotDriftAtAllOverAHundredMillionRecords() {
    Random random = new Random(23);
    int kinds = 997;
    int records = 1_000;
    int overlap = 60;
    FeaturePane[] kind = new FeaturePane[kinds];
    for (int k = 0; k < kinds; k++) {
      kind[k] = new FeaturePane(3);
      for (int i = 0; i < records; i++) {
        double x = random.nextGaussian();
        kind[k].add(new double[] {1e9 + x / 1000, x > 3 ? 1e4 * x : x, x * Math.exp(30 * x)});
      }
    }
    MovingWindow<DevicePane> moving = moving(overlap, "a", "b", "c");
    Panes<DevicePane> panes = new Panes<>();
    for (int endMs = 1; (endMs - 1L) * records < 100_000_000; endMs++) {
      panes.insert(endMs - 1, kind[endMs % kinds]);
      DevicePane window = moving.at(panes, endMs - overlap, endMs);
      assertThat(window.records()).isEqualTo((long) Math.min(overlap, endMs) * records);
      if (endMs % 500 == 0) {
        FeaturePane naive = mergedShuffled(panes, endMs - overlap, endMs, 3, random);
        assertThat(window.summary().features()).as("end %d", endMs).isEqualTo(naive.features());
        assertThat(window).isEqualTo(naive);
      }
      moving.leave(panes, endMs - overlap + 1);
      panes.dropBefore(endMs - overlap + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 12, 60, 600})
  void aMovingWindowIsToTheLastBitWhatItsPanesAre(int overlap) throws IOException {
    DevicePaneCodec codec = new DevicePaneCodec();
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      MovingWindow<DevicePane> moving = moving(overlap, "a", "b");
      Panes<DevicePane> panes = new Panes<>();
      for (int endMs = -100; endMs < 2_000; endMs++) {
        endMs += random.nextInt(50) == 0 ? random.nextInt(2 * overlap) : 0;
        openPanes(panes, endMs, random);
        if (random.nextInt(100) == 0 && panes.size() > 0 && panes.startMs(0) < endMs) {
          // As a correction does: a closed pane changes, all is computed anew.
          panes.get(0).add(0, new double[] {random.nextGaussian(), 5});
          moving = moving(overlap, "a", "b");
        }
        DevicePane actual = moving.at(panes, endMs - overlap, endMs);
        DevicePane restarted = moving(overlap, "a", "b").at(panes, endMs - overlap, endMs);
        FeaturePane naive = mergedShuffled(panes, endMs - overlap, endMs, 2, random);
        if (naive.records() == 0) {
          assertThat(actual).isNull();
        } else {
          assertThat(actual.summary().features()).isEqualTo(naive.features());
          assertThat(actual).isEqualTo(naive).isEqualTo(restarted);
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          codec.write(actual, new DataOutputStream(bytes));
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          codec.write(naive, new DataOutputStream(expected));
          assertThat(bytes.toByteArray()).isEqualTo(expected.toByteArray());
        }
        moving.leave(panes, endMs + 1 - overlap);
        panes.dropBefore(endMs + 1 - overlap);
      }
    }
  }

  /** Records to the pane that is about to close and to three that are open, in any order. */
  private static void openPanes(Panes<DevicePane> panes, int endMs, Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      long startMs = endMs - 1L + random.nextInt(4);
      DevicePane pane = panes.find(startMs);
      if (pane == null) {
        pane = new FeaturePane(1 + random.nextInt(2));
        panes.insert(startMs, pane);
      }
      double x = random.nextGaussian();
      double any = random.nextInt(40) == 0 ? x * 1e300 : random.nextInt(3) == 0 ? Double.NaN : -x;
      pane.add(startMs, random.nextBoolean() ? new double[] {1e9 + x} : new double[] {x, any});
    }
  }

  private static FeaturePane mergedShuffled(
      Panes<DevicePane> panes, int startMs, int endMs, int fields, Random random) {
    List<DevicePane> parts = new ArrayList<>();
    for (int i = panes.firstFrom(startMs); i < panes.size() && panes.startMs(i) < endMs; i++) {
      parts.add(panes.get(i));
    }
    Collections.shuffle(parts, random);
    FeaturePane merged = new FeaturePane(fields);
    parts.forEach(merged::merge);
    return merged;
  }

  private static MovingWindow<DevicePane> moving(int sizeMs, String... fields) {
    TelemetryModel model =
        model(new WindowSpec(Duration.ofMillis(sizeMs), Duration.ofMillis(1)), fields);
    return new FeatureAggregate(TelemetryModels.of(List.of(model))).moving(KEY);
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
            "current_missing_ratio",
            "current_imputed_ratio",
            "current_outlier_ratio",
            "pressure_mean",
            "pressure_std",
            "pressure_min",
            "pressure_max",
            "pressure_count",
            "pressure_missing_ratio",
            "pressure_imputed_ratio",
            "pressure_outlier_ratio");
    assertThat(FeatureNames.indexes(PUMP)).hasSize(16).containsEntry("pressure_min", 10);
    assertThat(FeatureNames.indexOf(PUMP, "pressure_min")).isEqualTo(10);
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
    return model(WINDOW, fields);
  }

  private static TelemetryModel model(WindowSpec window, String... fields) {
    return new TelemetryModel(
        "pump",
        "",
        List.of(fields).stream().map(name -> new TelemetryField(name, "", -1e6, 1e6)).toList(),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        window);
  }

  private static DeviceTelemetry record(double... values) {
    return new DeviceTelemetry("pump", "p-7", 1, values, Map.of(), null);
  }
}
