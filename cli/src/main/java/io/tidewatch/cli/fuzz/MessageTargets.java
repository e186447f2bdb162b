package io.tidewatch.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.AnomalyScoreDecoder;
import io.tidewatch.schemas.codec.AnomalyScoreEncoder;
import io.tidewatch.schemas.codec.ApiLatencyAvroDecoder;
import io.tidewatch.schemas.codec.ApiLatencyAvroEncoder;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.FeatureVectorAvroDecoder;
import io.tidewatch.schemas.codec.FeatureVectorAvroEncoder;
import io.tidewatch.schemas.codec.FeatureVectorDecoder;
import io.tidewatch.schemas.codec.FeatureVectorEncoder;
import io.tidewatch.schemas.codec.LatencyWindowCodec;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.codec.ScalerCodec;
import io.tidewatch.schemas.codec.ScalerMessageDecoder;
import io.tidewatch.schemas.codec.TelemetryAvroDecoder;
import io.tidewatch.schemas.codec.TelemetryAvroEncoder;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.codec.WriterSchemas;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.testkit.fuzz.ByteMutator;
import io.tidewatch.testkit.fuzz.FuzzTarget;
import io.tidewatch.testkit.fuzz.Mutator;
import io.tidewatch.testkit.fuzz.Readings;
import io.tidewatch.testkit.fuzz.TextMutator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Decoders of messages, in JSON and in Avro. */
final class MessageTargets {
  private static final int MAX_BYTES = 1 << 20;
  private static final int SCHEMA_ID = 7;

  /** Names and pieces of our messages. */
  private static final Mutator JSON =
      new TextMutator(
          List.of(
              "\"model\":\"lenient\",",
              "\"fields\":{\"cpu_percent\":1},",
              "\"tags\":{\"a\":\"b\"},",
              "\"label\":null,",
              "\"status\":503,",
              "\"method\":\"get\",",
              "\"features\":{},",
              "\"event_time_ms\":1,",
              "\"window_end_ms\":0,",
              "\"status\":\"suppressed\",",
              "\"state\":\"never_matched\",",
              "\"attribution\":{\"a\":2},",
              "\"trace_ids\":[\"t\"],",
              "\"method\":\"z_score\",",
              "\"lower\":0,",
              "\"count\":0,",
              "\"score\":1.5,",
              "\"is_anomaly\":true,",
              "\"suppressed\":\"cooldown\",",
              "\"severity\":\"critical\",",
              "\"state\":\"warming_up\",",
              "\"context_24h\":{\"rows\":1},",
              "\"rows_needed\":0,",
              "\"revision\":2147483648,",
              "\"format\":2,",
              "\"x\":",
              "true",
              "null"));

  /** Pieces of Avro schemas. */
  private static final Mutator SCHEMA =
      new TextMutator(
          List.of(
              "\"type\":\"record\",",
              "\"type\":[\"null\",\"double\"],",
              "\"type\":{\"type\":\"map\",\"values\":\"string\"},",
              "\"type\":{\"type\":\"array\",\"items\":\"W\"},",
              "{\"name\":\"x\",\"type\":\"bytes\"},",
              "{\"name\":\"y\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483647}},",
              "{\"name\":\"z\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}},",
              "\"aliases\":[\"device_id\"],",
              "\"default\":null,",
              "\"java-class\":\"java.io.File\",",
              "\"logicalType\":\"decimal\",",
              "\"namespace\":\"java.lang\",",
              "\"string\"",
              "\"long\""));

  private MessageTargets() {}

  static List<FuzzTarget> all() {
    TelemetryCodec telemetry = new TelemetryCodec(Samples.MODELS);
    ApiLatencyCodec latency = new ApiLatencyCodec();
    FeatureVectorEncoder vector = new FeatureVectorEncoder(Samples.FEATURES_OF_MODELS);
    AlertEventCodec alert = new AlertEventCodec();
    LatencyWindowCodec window = new LatencyWindowCodec();
    RuleStatusCodec status = new RuleStatusCodec();
    return List.of(
        json("telemetry-json", telemetry, telemetry::encode, Samples.telemetry()),
        telemetryAvro(),
        json("latency-json", latency, latency::encode, Samples.latencies()),
        latencyAvro(),
        json(
            "vector-json",
            new FeatureVectorDecoder(Samples.FEATURES_OF_MODELS, MAX_BYTES),
            found -> vector.encode(ScaledVector.raw(found)),
            Samples.vectors()),
        vectorAvro(),
        json("alert-event", alert, alert::encode, Samples.events()),
        json("latency-window", window, window::encode, Samples.windows()),
        json(
            "anomaly-score",
            new AnomalyScoreDecoder(),
            new AnomalyScoreEncoder()::encode,
            Samples.scores()),
        json("rule-status", status, status::encode, Samples.statuses()),
        json("scaler", new ScalerCodec(), ScalerCodec::encode, Samples.scalers()),
        scalerMessage(),
        avroSchema());
  }

  private static <T> FuzzTarget json(
      String name, MessageDecoder<T> decoder, Function<T, byte[]> encode, List<T> samples) {
    return new FuzzTarget(
        name,
        samples.stream().map(encode).toList(),
        JSON,
        Readings.ofDecoder(decoder::decode, encode, Objects::equals));
  }

  private static FuzzTarget telemetryAvro() {
    TelemetryAvroEncoder encoder = new TelemetryAvroEncoder(Samples.MODELS, SCHEMA_ID);
    return avro(
        "telemetry-avro",
        new TelemetryAvroDecoder(schema(TelemetryAvroEncoder.schema()), Samples.MODELS, MAX_BYTES),
        encoder::encode,
        Samples.telemetry());
  }

  private static FuzzTarget latencyAvro() {
    ApiLatencyAvroEncoder encoder = new ApiLatencyAvroEncoder(SCHEMA_ID);
    return avro(
        "latency-avro",
        new ApiLatencyAvroDecoder(schema(ApiLatencyAvroEncoder.schema()), MAX_BYTES),
        encoder::encode,
        Samples.latencies());
  }

  private static FuzzTarget vectorAvro() {
    FeatureVectorAvroEncoder encoder =
        new FeatureVectorAvroEncoder(Samples.FEATURES_OF_MODELS, SCHEMA_ID);
    return avro(
        "vector-avro",
        new FeatureVectorAvroDecoder(
            schema(FeatureVectorAvroEncoder.schema()), Samples.FEATURES_OF_MODELS, MAX_BYTES),
        found -> encoder.encode(ScaledVector.raw(found)),
        Samples.vectors());
  }

  private static <T> FuzzTarget avro(
      String name, MessageDecoder<T> decoder, Function<T, byte[]> encode, List<T> samples) {
    return new FuzzTarget(
        name,
        samples.stream().map(encode).toList(),
        new ByteMutator(),
        Readings.ofDecoder(decoder::decode, encode, Objects::equals));
  }

  private static WriterSchemas schema(String writer) {
    return WriterSchemas.of(Map.of(SCHEMA_ID, writer));
  }

  /** A document under the key of its model, as it came. */
  private static FuzzTarget scalerMessage() {
    ScalerMessageDecoder decoder = new ScalerMessageDecoder(Samples.FEATURES_OF_MODELS);
    return new FuzzTarget(
        "scaler-message",
        Samples.scalers().stream().map(ScalerCodec::encode).toList(),
        JSON,
        Readings.ofDecoder(
            value -> decoder.decode("host".getBytes(UTF_8), value),
            update -> Objects.requireNonNull(update.document()),
            (a, b) -> Arrays.equals(a.document(), b.document())));
  }

  /** A schema of somebody's registry, by which a good message of ours is read. */
  private static FuzzTarget avroSchema() {
    byte[] message =
        new TelemetryAvroEncoder(Samples.MODELS, SCHEMA_ID).encode(Samples.telemetry().get(0));
    TelemetryCodec codec = new TelemetryCodec(Samples.MODELS);
    return new FuzzTarget(
        "avro-schema",
        List.of(TelemetryAvroEncoder.schema().getBytes(UTF_8)),
        SCHEMA,
        input -> {
          WriterSchemas schemas = schema(new String(input, UTF_8));
          var decoder = new TelemetryAvroDecoder(schemas, Samples.MODELS, MAX_BYTES);
          return Readings.<DeviceTelemetry>ofDecoder(
                  bytes ->
                      Arrays.equals(bytes, message) ? decoder.decode(bytes) : codec.decode(bytes),
                  codec::encode,
                  Objects::equals)
              .read(message);
        });
  }
}
