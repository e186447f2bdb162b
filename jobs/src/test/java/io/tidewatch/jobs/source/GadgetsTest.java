package io.tidewatch.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.clean.ClockGuard;
import io.tidewatch.analytics.model.ModelMessageDecoder;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.jobs.config.RuleDocuments;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.AnomalyScoreDecoder;
import io.tidewatch.schemas.codec.ApiLatencyAvroDecoder;
import io.tidewatch.schemas.codec.ApiLatencyAvroEncoder;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.FeatureVectorAvroDecoder;
import io.tidewatch.schemas.codec.FeatureVectorAvroEncoder;
import io.tidewatch.schemas.codec.FeatureVectorDecoder;
import io.tidewatch.schemas.codec.LatencyWindowCodec;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.codec.ScalerMessageDecoder;
import io.tidewatch.schemas.codec.TelemetryAvroDecoder;
import io.tidewatch.schemas.codec.TelemetryAvroEncoder;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.codec.WriterSchemas;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.SerializedGadget;
import io.tidewatch.udfs.decode.Inbound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects as bytes on each topic that a job reads: set aside with a reason, and never made objects.
 */
class GadgetsTest {
  private static final int MAX_BYTES = 1 << 20;
  private static final Map<String, List<String>> FEATURES = Map.of("host", List.of("cpu_mean"));
  private static final TelemetryModels MODELS =
      TelemetryModels.of(
          List.of(
              new TelemetryModel(
                  "host",
                  "of a test",
                  List.of(new TelemetryField("cpu", "1", 0, 1)),
                  UnknownFields.REJECT,
                  OutOfRange.MISSING,
                  new WindowSpec(Duration.ofMinutes(1), Duration.ofMinutes(1)))));

  private final int before = SerializedGadget.made();

  static Stream<Arguments> topics() {
    return Stream.of(
        Arguments.of("telemetry", schema(new TelemetryCodec(MODELS))),
        Arguments.of(
            "telemetry in Avro",
            schema(new TelemetryAvroDecoder(by(TelemetryAvroEncoder.schema()), MODELS, MAX_BYTES))),
        Arguments.of("requests", schema(new ApiLatencyCodec())),
        Arguments.of(
            "requests in Avro",
            schema(new ApiLatencyAvroDecoder(by(ApiLatencyAvroEncoder.schema()), MAX_BYTES))),
        Arguments.of("vectors", schema(new FeatureVectorDecoder(FEATURES, MAX_BYTES))),
        Arguments.of(
            "vectors in Avro",
            schema(
                new FeatureVectorAvroDecoder(
                    by(FeatureVectorAvroEncoder.schema()), FEATURES, MAX_BYTES))),
        Arguments.of("latency windows", schema(new LatencyWindowCodec())),
        Arguments.of("scores", schema(new AnomalyScoreDecoder())),
        Arguments.of("alert events", schema(new AlertEventCodec())),
        Arguments.of("states of rules", schema(new RuleStatusCodec())),
        Arguments.of(
            "models", new ModelDecodingSchema(new ModelMessageDecoder(FEATURES, ModelScope.FLEET))),
        Arguments.of("scalers", new ScalerDecodingSchema(new ScalerMessageDecoder(FEATURES))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("topics")
  <T> void isSetAsideWithAReasonAndNotMadeAnObject(
      String topic, KafkaRecordDeserializationSchema<Inbound<T>> schema) throws Exception {
    for (byte[] message : SerializedGadget.messages()) {
      List<Inbound<T>> out = new ArrayList<>();
      schema.deserialize(
          new ConsumerRecord<>(topic, 0, 7, "host".getBytes(UTF_8), message),
          new ListCollector<>(out));
      assertThat(out).singleElement().satisfies(inbound -> assertThat(inbound.value()).isNull());
      assertThat(out.get(0).rejected().value()).isEqualTo(message);
      assertThat(out.get(0).rejected().detail()).isNotBlank().doesNotContain("\n");
    }
    assertThat(SerializedGadget.made()).isEqualTo(before);
  }

  @Test
  void asARuleIsRefusedWithAReasonAndNotMadeAnObject() {
    for (byte[] message : SerializedGadget.messages()) {
      var update = RuleDecodingSchema.update(new ConsumerRecord<>("rules", 0, 7, null, message));
      assertThatThrownBy(() -> RuleDocuments.reader().read("Slow", update.document()))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(refused -> assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n"));
    }
    assertThat(SerializedGadget.made()).isEqualTo(before);
  }

  @Test
  void asTheClassOfAFieldInTheSchemaOfAWriterIsPassedOver() {
    String name = SerializedGadget.class.getName();
    String writer =
        ApiLatencyAvroEncoder.schema()
            .replaceFirst(
                "\"string\"",
                "{\"type\":\"string\",\"java-class\":\"%s\",\"avro.java.string\":\"%s\"}"
                    .formatted(name, name));
    assertThat(writer).contains(name);
    ApiLatency request = new ApiLatency("s", "/e", "GET", 200, 5, 7, null);
    assertThat(
            new ApiLatencyAvroDecoder(by(writer), MAX_BYTES)
                .decode(new ApiLatencyAvroEncoder(1).encode(request)))
        .isEqualTo(new Decoded.Ok<>(request));
    assertThat(SerializedGadget.made()).isEqualTo(before);
  }

  private static <T> DecodingSchema<T> schema(MessageDecoder<T> decoder) {
    ClockGuard any = new ClockGuard(Duration.ofMinutes(5), Instant.parse("2000-01-01T00:00:00Z"));
    @SuppressWarnings("unchecked") // only its name is asked for
    Class<T> type = (Class<T>) Object.class;
    return new DecodingSchema<>(decoder, value -> 0, any, type);
  }

  private static WriterSchemas by(String writer) {
    return WriterSchemas.of(Map.of(1, writer));
  }
}
