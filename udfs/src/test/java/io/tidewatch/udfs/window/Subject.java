package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.WindowAggregate;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.OutlierAction;
import io.tidewatch.schemas.model.OutlierMethod;
import io.tidewatch.schemas.model.OutlierRule;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.FeatureOracle;
import io.tidewatch.testkit.LatencyOracle;
import io.tidewatch.udfs.KeyedRun;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.util.OutputTag;
import org.assertj.core.data.Offset;

/**
 * One of the uses of the pane windows, with what a test needs to feed it and to judge its results.
 *
 * @param record a record of that arrival
 * @param endMs end of the window of a result
 * @param records how many records a result is made of
 * @param check holds a result against the records of its window
 */
record Subject<K, I, R>(
    String name,
    WindowSpec window,
    Phases<K, I, ?, R> phases,
    KeySelector<I, K> key,
    TypeInformation<K> keyType,
    OutputTag<I> lateTag,
    Function<Arrivals.Arrival, I> record,
    Function<R, K> keyOfResult,
    Function<R, Long> endMs,
    Function<R, Long> records,
    BiConsumer<R, List<I>> check) {
  static final int PLENTY = 1_000;

  /** Windows in both ways. */
  record Phases<K, I, A, R>(
      WindowAggregate<K, I, A, R> aggregate,
      TypeSerializer<Panes<A>> serializer,
      OutputTag<I> lateTag,
      KeySelector<I, K> key,
      TypeInformation<K> keyType) {

    PaneWindowOperator<K, I, I, A, R> one(int maxBuffered, Duration allowedLateness) {
      return PaneWindowOperator.ofRecords(
          aggregate, serializer, lateTag, allowedLateness, maxBuffered);
    }

    PaneWindowOperator<K, WindowInput<K, I, A>, I, A, R> second(
        int maxBuffered, Duration allowedLateness) {
      return PaneWindowOperator.ofPartials(
          aggregate, serializer, lateTag, allowedLateness, maxBuffered);
    }

    KeySelector<WindowInput<K, I, A>, K> ofInput() {
      KeySelector<I, K> ofRecord = key;
      return input -> input.key(ofRecord);
    }

    TwoPhaseRun<K, I, A, R> two(int parallelism, int maxPartials) throws Exception {
      return two(parallelism, maxPartials, 0, Duration.ZERO);
    }

    TwoPhaseRun<K, I, A, R> two(
        int parallelism, int maxPartials, int maxBuffered, Duration allowedLateness)
        throws Exception {
      var second = second(maxBuffered, allowedLateness);
      return new TwoPhaseRun<>(
          parallelism,
          new PreAggregateOperator<>(aggregate, key, maxPartials),
          second,
          new KeyedRun<>(second, ofInput(), keyType));
    }
  }

  /** In one phase, without allowed lateness. */
  PaneWindowOperator<K, I, I, ?, R> operator(int maxBuffered) {
    return phases.one(maxBuffered, Duration.ZERO);
  }

  /** With more room in the buffer than a test needs. */
  PaneWindowOperator<K, I, I, ?, R> operator() {
    return operator(PLENTY);
  }

  KeyedRun<K, I, R> start() throws Exception {
    return start(PLENTY);
  }

  KeyedRun<K, I, R> start(int maxBuffered) throws Exception {
    return new KeyedRun<>(operator(maxBuffered), key, keyType);
  }

  @Override
  public String toString() {
    return name + " over " + window.size() + " each " + window.slide();
  }

  /** Of sums and extremes. */
  static Subject<DeviceKey, DeviceTelemetry, FeatureVector> features(WindowSpec window) {
    return features("features", window, Cleaning.NONE, TelemetryModel.DEFAULT_FEATURES);
  }

  /** Of points, cleaned in a way that leaves the default features as they are. */
  static Subject<DeviceKey, DeviceTelemetry, FeatureVector> points(WindowSpec window) {
    List<String> names = new ArrayList<>(TelemetryModel.DEFAULT_FEATURES);
    names.addAll(List.of("last", "p90", "slope_per_second", "skewness", "volatility_10"));
    Cleaning marks =
        new Cleaning(
            MissingValues.DROP, new OutlierRule(OutlierMethod.IQR, 0.5, OutlierAction.MARK));
    return features("points", window, marks, names);
  }

  private static Subject<DeviceKey, DeviceTelemetry, FeatureVector> features(
      String name, WindowSpec window, Cleaning cleaning, List<String> names) {
    TelemetryModels models =
        TelemetryModels.of(
            List.of(
                new TelemetryModel(
                    "m",
                    "two fields",
                    List.of(
                        new TelemetryField("a", "1", -1e9, 1e9),
                        new TelemetryField("b", "1", -1e9, 1e9)),
                    UnknownFields.REJECT,
                    OutOfRange.MISSING,
                    window,
                    List.of(cleaning, cleaning),
                    names,
                    ZoneOffset.UTC)));
    int ofField = FeatureNames.of(models.get("m")).size() / 2;
    OutputTag<DeviceTelemetry> late =
        new OutputTag<>("late", TypeInformation.of(DeviceTelemetry.class));
    KeySelector<DeviceTelemetry, DeviceKey> key =
        record -> new DeviceKey(record.model(), record.deviceId());
    TypeInformation<DeviceKey> keyType = TypeInformation.of(DeviceKey.class);
    FeatureAggregate aggregate = new FeatureAggregate(models);
    return new Subject<>(
        name,
        window,
        new Phases<>(aggregate, FeaturePanesSerializer.INSTANCE, late, key, keyType),
        key,
        keyType,
        late,
        arrival ->
            new DeviceTelemetry(
                "m",
                "d" + arrival.series(),
                arrival.timeMs(),
                new double[] {
                  1e6 + arrival.random(), arrival.random() < 0.2 ? Double.NaN : -arrival.random()
                },
                Map.of(),
                null),
        vector -> new DeviceKey(vector.model(), vector.deviceId()),
        FeatureVector::windowEndMs,
        FeatureVector::records,
        (vector, expected) -> {
          assertThat(vector.windowStartMs()).isEqualTo(vector.windowEndMs() - window.sizeMs());
          assertThat(vector.records()).isEqualTo(expected.size());
          for (int field = 0; field < 2; field++) {
            FeatureOracle oracle = FeatureOracle.of(expected, field);
            double[] features = vector.features();
            assertClose(features[ofField * field], oracle.mean());
            assertClose(features[ofField * field + 1], oracle.std());
            assertThat(features[ofField * field + 2]).isEqualTo(Double.valueOf(oracle.min()));
            assertThat(features[ofField * field + 3]).isEqualTo(Double.valueOf(oracle.max()));
            assertThat(features[ofField * field + 4]).isEqualTo(oracle.count());
          }
        });
  }

  static Subject<EndpointKey, ApiLatency, LatencyWindow> latency(WindowSpec window) {
    OutputTag<ApiLatency> late = new OutputTag<>("late", TypeInformation.of(ApiLatency.class));
    KeySelector<ApiLatency, EndpointKey> key =
        request -> new EndpointKey(request.service(), request.endpoint(), request.method());
    TypeInformation<EndpointKey> keyType = TypeInformation.of(EndpointKey.class);
    LatencyAggregate aggregate = new LatencyAggregate(window);
    return new Subject<>(
        "latency",
        window,
        new Phases<>(aggregate, LatencyPanesSerializer.INSTANCE, late, key, keyType),
        key,
        keyType,
        late,
        arrival ->
            new ApiLatency(
                "s",
                "/" + arrival.series(),
                "GET",
                arrival.random() < 0.1 ? 503 : 200,
                Math.exp(8 * arrival.random()),
                arrival.timeMs(),
                null),
        result -> new EndpointKey(result.service(), result.endpoint(), result.method()),
        LatencyWindow::windowEndMs,
        LatencyWindow::count,
        (result, expected) -> {
          LatencyOracle oracle = LatencyOracle.of(expected);
          assertThat(result.windowStartMs()).isEqualTo(result.windowEndMs() - window.sizeMs());
          assertThat(result.count()).isEqualTo(oracle.count());
          assertThat(result.errorCount()).isEqualTo(oracle.errors());
          assertClose(result.ratePerSecond(), oracle.count() * 1000.0 / window.sizeMs());
          assertClose(result.errorRatePercent(), 100.0 * oracle.errors() / oracle.count());
          assertClose(result.meanMs(), oracle.meanMs());
          assertQuantile(result.p50Ms(), oracle.quantileMs(0.50));
          assertQuantile(result.p90Ms(), oracle.quantileMs(0.90));
          assertQuantile(result.p95Ms(), oracle.quantileMs(0.95));
          assertQuantile(result.p99Ms(), oracle.quantileMs(0.99));
          assertThat(result.maxMs()).isEqualTo(oracle.quantileMs(1));
        });
  }

  private static void assertClose(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, Offset.offset(1e-9 * Math.max(1, Math.abs(expected))));
    }
  }

  /** The promise of the sketch: one percent of the exact value. */
  private static void assertQuantile(double actual, double exact) {
    assertThat(actual).isCloseTo(exact, Offset.offset(0.01 * exact * (1 + 1e-9)));
  }
}
