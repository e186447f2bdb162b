package io.tidewatch.benchmarks.decode;

import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.schemas.codec.ApiLatencyAvroEncoder;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.TelemetryAvroEncoder;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.ApiLatency;
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
import java.util.stream.IntStream;

/** The two messages that the jobs read, from {@value #KEYS} endpoints or devices. */
public enum MessageKind {
  /** Flat, six fields: three texts, two integers, a double. */
  LATENCY,
  /** Three fields, and an object of six doubles. */
  TELEMETRY;

  /** So many different messages that no branch is learnt by heart; a multiple of two. */
  static final int MESSAGES = 1 << 12;

  public static final int KEYS = 1000;

  private static final List<String> FIELDS =
      List.of(
          "current_ampere",
          "voltage_volt",
          "gas_flow_litres_per_minute",
          "vibration_mm_per_second",
          "temperature_celsius",
          "wire_metres_per_minute");

  /** The model of the telemetry. */
  public static final TelemetryModels MODELS =
      TelemetryModels.of(
          List.of(
              new TelemetryModel(
                  "welding",
                  "six fields",
                  FIELDS.stream().map(name -> new TelemetryField(name, "1", 0, 1e9)).toList(),
                  UnknownFields.REJECT,
                  OutOfRange.MISSING,
                  new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(1)))));

  private static final double[] VALUES = Workload.values();
  private static final ApiLatencyCodec LATENCY_CODEC = new ApiLatencyCodec();
  private static final TelemetryCodec TELEMETRY_CODEC = new TelemetryCodec(MODELS);

  /** Under which the schemas of the messages in Avro are known. */
  public static final int SCHEMA_ID = 1;

  private static final ApiLatencyAvroEncoder LATENCY_AVRO = new ApiLatencyAvroEncoder(SCHEMA_ID);
  private static final TelemetryAvroEncoder TELEMETRY_AVRO =
      new TelemetryAvroEncoder(MODELS, SCHEMA_ID);

  /** The schema of the messages in Avro, as JSON. */
  public String schema() {
    return this == LATENCY ? ApiLatencyAvroEncoder.schema() : TelemetryAvroEncoder.schema();
  }

  /** The messages in the order in which they are decoded. */
  byte[][] messages(MessageFormat format) {
    return IntStream.range(0, MESSAGES)
        .mapToObj(i -> message(format, i % KEYS, Workload.startMs(i), i))
        .toArray(byte[][]::new);
  }

  /**
   * One message; its doubles have all the digits a measurement has.
   *
   * @param key number of the endpoint or device
   * @param timeMs event time, milliseconds since the epoch
   * @param at chooses the values
   */
  public byte[] message(MessageFormat format, int key, long timeMs, int at) {
    boolean json = format == MessageFormat.JSON;
    return switch (this) {
      case LATENCY -> (json ? LATENCY_CODEC : LATENCY_AVRO).encode(request(key, timeMs, at));
      case TELEMETRY -> (json ? TELEMETRY_CODEC : TELEMETRY_AVRO).encode(reading(key, timeMs, at));
    };
  }

  static ApiLatency request(int key, long timeMs, int at) {
    int status = at % 100 == 0 ? 503 : 200;
    double durationMs = VALUES[at % VALUES.length];
    return new ApiLatency(
        "shop", "/orders/{id}/items/" + key, "GET", status, durationMs, timeMs, null);
  }

  static DeviceTelemetry reading(int key, long timeMs, int at) {
    double[] values = new double[FIELDS.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = VALUES[(at * values.length + i) % VALUES.length];
    }
    return new DeviceTelemetry("welding", "device-" + key, timeMs, values, Map.of(), null);
  }
}
