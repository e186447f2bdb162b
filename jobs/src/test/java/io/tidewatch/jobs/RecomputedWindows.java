package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.FeatureOracle;
import io.tidewatch.testkit.LatencyOracle;
import io.tidewatch.testkit.PointWindowOracle;
import io.tidewatch.testkit.WindowOracle;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;

/** Holds stored windows against a plain-Java recomputation of the same input. */
public final class RecomputedWindows {
  /** Relative, and absolute below 1. */
  private static final double EXACT = 1e-9;

  /** The guarantee of the sketch, and room for the last digit of its bounds. */
  private static final double SKETCH = 0.01 + 1e-9;

  private RecomputedWindows() {}

  /** The same keys, and each value within 1e-9. */
  static void assertFeatures(
      Map<StoredWindows.Key, StoredWindows.Features> stored,
      List<DeviceTelemetry> input,
      TelemetryModel model) {
    assertFeatures(stored, input, model, Long.MIN_VALUE);
  }

  /**
   * As above, of the windows that end later only.
   *
   * @param afterMs event time
   */
  public static void assertFeatures(
      Map<StoredWindows.Key, StoredWindows.Features> stored,
      List<DeviceTelemetry> input,
      TelemetryModel model,
      long afterMs) {
    Map<StoredWindows.Key, List<DeviceTelemetry>> wanted =
        model.window() instanceof PointWindowSpec points
            ? windows(input, points)
            : windows(
                input,
                RecomputedWindows::series,
                DeviceTelemetry::eventTimeMs,
                model.window().panes());
    wanted.keySet().removeIf(key -> key.endMs() <= afterMs);
    assertThat(stored.keySet()).isEqualTo(wanted.keySet());
    wanted.forEach(
        (key, records) -> {
          StoredWindows.Features got = stored.get(key);
          assertThat(got.records()).as("records of %s", key).isEqualTo(records.size());
          Map<String, Double> features = new HashMap<>();
          for (int i = 0; i < model.fields().size(); i++) {
            FeatureOracle oracle = FeatureOracle.of(records, i);
            String field = model.fields().get(i).name();
            features.put(field + "_mean", oracle.mean());
            features.put(field + "_std", oracle.std());
            features.put(field + "_min", oracle.min());
            features.put(field + "_max", oracle.max());
            features.put(field + "_count", oracle.count());
            features.put(field + "_missing_ratio", 1 - oracle.count() / records.size());
            features.put(field + "_imputed_ratio", 0.0);
            features.put(field + "_outlier_ratio", 0.0);
          }
          assertThat(got.values().keySet()).isEqualTo(features.keySet());
          features.forEach(
              (name, value) -> assertClose(got.values().get(name), value, name + " of " + key));
        });
  }

  /** The same keys, counts and errors exact, percentiles within the sketch's 1 %. */
  static void assertLatency(
      Map<StoredWindows.Key, LatencyWindow> stored, List<ApiLatency> input, WindowSpec window) {
    assertLatency(stored, input, window, Long.MIN_VALUE);
  }

  /**
   * As above, of the windows that end later only.
   *
   * @param afterMs event time
   */
  public static void assertLatency(
      Map<StoredWindows.Key, LatencyWindow> stored,
      List<ApiLatency> input,
      WindowSpec window,
      long afterMs) {
    Map<StoredWindows.Key, List<ApiLatency>> wanted =
        windows(
            input,
            request -> request.service() + " " + request.method() + " " + request.endpoint(),
            ApiLatency::eventTimeMs,
            window);
    wanted.keySet().removeIf(key -> key.endMs() <= afterMs);
    assertThat(stored.keySet()).isEqualTo(wanted.keySet());
    wanted.forEach(
        (key, requests) -> {
          LatencyWindow got = stored.get(key);
          LatencyOracle oracle = LatencyOracle.of(requests);
          assertThat(got.count()).as("count of %s", key).isEqualTo(oracle.count());
          assertThat(got.errorCount()).as("errors of %s", key).isEqualTo(oracle.errors());
          assertClose(got.ratePerSecond(), oracle.count() / (window.sizeMs() / 1000.0), "rate");
          assertClose(got.errorRatePercent(), 100.0 * oracle.errors() / oracle.count(), "errors");
          assertClose(got.meanMs(), oracle.meanMs(), "mean of " + key);
          assertClose(got.maxMs(), oracle.quantileMs(1), "max of " + key);
          assertSketched(got.p50Ms(), oracle.quantileMs(.5), "p50 of " + key);
          assertSketched(got.p90Ms(), oracle.quantileMs(.9), "p90 of " + key);
          assertSketched(got.p95Ms(), oracle.quantileMs(.95), "p95 of " + key);
          assertSketched(got.p99Ms(), oracle.quantileMs(.99), "p99 of " + key);
          assertCarried(got, key);
        });
  }

  /** The sketch of the row is the one that its percentiles come from. */
  private static void assertCarried(LatencyWindow got, StoredWindows.Key key) {
    try {
      QuantileSketch sketch = StoredSketches.decode(got.sketch());
      assertThat(sketch.count()).as("sketch of %s", key).isEqualTo(got.count());
      assertThat(sketch.quantiles(.5, .9, .95, .99, 1))
          .as("sketch of %s", key)
          .containsExactly(got.p50Ms(), got.p90Ms(), got.p95Ms(), got.p99Ms(), got.maxMs());
    } catch (IOException e) {
      throw new AssertionError("sketch of " + key, e);
    }
  }

  private static String series(DeviceTelemetry record) {
    return record.model() + "/" + record.deviceId();
  }

  private static Map<StoredWindows.Key, List<DeviceTelemetry>> windows(
      List<DeviceTelemetry> input, PointWindowSpec window) {
    Map<StoredWindows.Key, List<DeviceTelemetry>> windows = new HashMap<>();
    input.stream()
        .collect(Collectors.groupingBy(RecomputedWindows::series))
        .forEach(
            (name, records) ->
                PointWindowOracle.windows(
                        records,
                        DeviceTelemetry::eventTimeMs,
                        (a, b) -> Arrays.compare(a.values(), b.values()),
                        window)
                    .forEach(
                        counted ->
                            windows.put(
                                new StoredWindows.Key(name, counted.startMs(), counted.endMs()),
                                counted.records())));
    return windows;
  }

  private static <T> Map<StoredWindows.Key, List<T>> windows(
      List<T> input, Function<T, String> series, ToLongFunction<T> timeMs, WindowSpec window) {
    Map<StoredWindows.Key, List<T>> windows = new HashMap<>();
    input.stream()
        .collect(Collectors.groupingBy(series))
        .forEach(
            (name, records) ->
                WindowOracle.windows(records, timeMs, window)
                    .forEach(
                        (endMs, inWindow) ->
                            windows.put(
                                new StoredWindows.Key(name, endMs - window.sizeMs(), endMs),
                                inWindow)));
    return windows;
  }

  private static void assertClose(double got, double wanted, String what) {
    if (Double.isNaN(wanted)) {
      assertThat(got).as(what).isNaN();
    } else {
      assertThat(got).as(what).isCloseTo(wanted, tolerance(EXACT * Math.max(1, Math.abs(wanted))));
    }
  }

  private static void assertSketched(double got, double wanted, String what) {
    assertThat(got).as(what).isCloseTo(wanted, tolerance(SKETCH * wanted));
  }

  private static Offset<Double> tolerance(double tolerance) {
    return within(tolerance);
  }
}
