package io.tidewatch.benchmarks.keys;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.Events;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.window.FeaturePanesSerializer;
import io.tidewatch.udfs.window.LatencyPanesSerializer;
import io.tidewatch.udfs.window.PaneWindowOperator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The windows of a job, with records of as many keys as are wanted: no key is kept by the source.
 */
enum WindowKind {
  /** Of the latency job. */
  LATENCY(EndpointKey.class) {
    @Override
    DataStream<?> define(StreamExecutionEnvironment env, Events events, WindowSpec window) {
      return EventSource.stream(
              env, events, WindowKind::request, TypeInformation.of(ApiLatency.class))
          .keyBy(
              request -> new EndpointKey(request.service(), request.endpoint(), request.method()),
              TypeInformation.of(EndpointKey.class))
          .transform(
              OPERATOR,
              TypeInformation.of(LatencyWindow.class),
              PaneWindowOperator.ofRecords(
                  new LatencyAggregate(window),
                  LatencyPanesSerializer.INSTANCE,
                  new OutputTag<>("late", TypeInformation.of(ApiLatency.class)),
                  Duration.ZERO,
                  PaneWindowOperator.MAX_BUFFERED));
    }
  },
  /** Of the telemetry job, records of {@link #FIELDS} fields. */
  FEATURES(DeviceKey.class) {
    @Override
    DataStream<?> define(StreamExecutionEnvironment env, Events events, WindowSpec window) {
      return EventSource.stream(
              env, events, WindowKind::reading, TypeInformation.of(DeviceTelemetry.class))
          .keyBy(
              record -> new DeviceKey(record.model(), record.deviceId()),
              TypeInformation.of(DeviceKey.class))
          .transform(
              OPERATOR,
              TypeInformation.of(FeatureVector.class),
              PaneWindowOperator.ofRecords(
                  new FeatureAggregate(models(window)),
                  FeaturePanesSerializer.INSTANCE,
                  new OutputTag<>("late", TypeInformation.of(DeviceTelemetry.class)),
                  Duration.ZERO,
                  PaneWindowOperator.MAX_BUFFERED));
    }
  };

  static final int FIELDS = 6;
  private static final String MODEL = "bench";
  private static final String OPERATOR = "windows";
  private static final int FAILS_BELOW_MS = 2;

  private final Class<?> key;

  WindowKind(Class<?> key) {
    this.key = key;
  }

  /** The windows of the job, without its sinks. */
  abstract DataStream<?> define(StreamExecutionEnvironment env, Events events, WindowSpec window);

  TypeInformation<?> keyType() {
    return TypeInformation.of(key);
  }

  /** As figures call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static ApiLatency request(int key, long timeMs, double value) {
    int status = value < FAILS_BELOW_MS ? 503 : 200;
    return new ApiLatency("shop", "/orders/{id}/items/" + key, "GET", status, value, timeMs, null);
  }

  private static DeviceTelemetry reading(int key, long timeMs, double value) {
    double[] values = new double[FIELDS];
    Arrays.setAll(values, field -> value + field);
    return new DeviceTelemetry(MODEL, "device-" + key, timeMs, values, Map.of(), null);
  }

  private static TelemetryModels models(WindowSpec window) {
    List<TelemetryField> fields =
        IntStream.range(0, FIELDS)
            .mapToObj(i -> new TelemetryField("f" + i, "1", 0, Double.POSITIVE_INFINITY))
            .toList();
    return TelemetryModels.of(
        List.of(
            new TelemetryModel(
                MODEL, "benchmark", fields, UnknownFields.REJECT, OutOfRange.MISSING, window)));
  }
}
