package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class FeatureVectorAvroDecoderTest {
  private static final int ID = 5;
  private static final int REORDERED_ID = 6;
  private static final Map<String, List<String>> FEATURES =
      Map.of("host", List.of("cpu_mean", "cpu_std", "load_mean"), "press", List.of("force_mean"));

  /** Features before the model, as older and newer writers may have them. */
  private static final String REORDERED =
      """
      {"type": "record", "name": "V", "fields": [
        {"name": "features", "type": {"type": "map", "values": ["null", "double", "int"]}},
        {"name": "more", "type": {"type": "array", "items": "string"}},
        {"name": "revision", "type": "int"},
        {"name": "records", "type": "int"},
        {"name": "window_end_ms", "type": "long"},
        {"name": "window_start_ms", "type": "long"},
        {"name": "device_id", "type": "string"},
        {"name": "model", "type": "string"}]}
      """;

  private static final FeatureVectorAvroDecoder DECODER =
      new FeatureVectorAvroDecoder(
          WriterSchemas.of(Map.of(ID, FeatureVectorAvroEncoder.schema(), REORDERED_ID, REORDERED)),
          FEATURES,
          1 << 20);
  private static final FeatureVectorAvroEncoder ENCODER =
      new FeatureVectorAvroEncoder(FEATURES, ID);

  private static FeatureVector vector(double... values) {
    return new FeatureVector("host", "d \"1\"", 1_000, 61_000, 3, values).revised(2);
  }

  @Test
  void readsWhatTheTelemetryJobWritesAndPassesOverWhatWasNormalised() {
    FeatureVector vector = vector(0.1, Double.NaN, Double.MIN_VALUE);
    assertThat(ok(DECODER.decode(ENCODER.encode(ScaledVector.raw(vector))))).isEqualTo(vector);
    assertThat(
            ok(
                DECODER.decode(
                    ENCODER.encode(new ScaledVector(vector, new double[] {1, 2, 3}, "v")))))
        .isEqualTo(vector);
  }

  @Test
  void saysTheSameAsJson() {
    FeatureVectorDecoder json = new FeatureVectorDecoder(FEATURES, 1 << 20);
    FeatureVectorEncoder ofJson = new FeatureVectorEncoder(FEATURES);
    for (FeatureVector vector :
        List.of(
            vector(1, 2, 3),
            vector(Double.NaN, Double.NaN, Double.NaN),
            new FeatureVector("press", "é", -5, 0, Long.MAX_VALUE, new double[] {-0.0}))) {
      ScaledVector raw = ScaledVector.raw(vector);
      assertThat(DECODER.decode(ENCODER.encode(raw))).isEqualTo(json.decode(ofJson.encode(raw)));
    }
  }

  @Test
  void readsFieldsInAnotherOrderAndSkipsThoseItDoesNotKnow() throws Exception {
    Map<String, Object> features = new LinkedHashMap<>();
    features.put("load_mean", 7);
    features.put("cpu_mean", 0.5);
    assertThat(ok(DECODER.decode(reordered("host", features))))
        .isEqualTo(
            new FeatureVector("host", "d", 1, 2, 4, new double[] {0.5, Double.NaN, 7}).revised(1));
    assertThat(DECODER.decode(reordered("lathe", features)))
        .isEqualTo(
            new Decoded.Refused<>(
                RejectReason.UNKNOWN_MODEL, "model: must be one of [host, press], was 'lathe'"));
    assertThat(DECODER.decode(reordered("press", features)))
        .isEqualTo(
            new Decoded.Refused<>(
                RejectReason.UNKNOWN_FIELD,
                "features.load_mean: must be a feature of model press, was none"));
  }

  @Test
  void refusesOtherVectors() {
    FeatureVectorAvroEncoder more =
        new FeatureVectorAvroEncoder(Map.of("host", List.of("cpu_mean", "cpu_max", "x")), ID);
    assertThat(DECODER.decode(more.encode(ScaledVector.raw(vector(1, 2, 3)))))
        .isEqualTo(
            new Decoded.Refused<>(
                RejectReason.UNKNOWN_FIELD,
                "features.cpu_max: must be a feature of model host, was none"));
    FeatureVector backwards = new FeatureVector("press", "d", 10, 10, 1, new double[1]);
    assertThat(DECODER.decode(ENCODER.encode(ScaledVector.raw(backwards))))
        .isEqualTo(
            new Decoded.Refused<>(
                RejectReason.OUT_OF_RANGE,
                "window_end_ms: must be > window_start_ms (10), was '10'"));
    FeatureVector empty = new FeatureVector("press", "d", 9, 10, 0, new double[1]);
    assertThat(DECODER.decode(ENCODER.encode(ScaledVector.raw(empty))))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.detail()).startsWith("records: must be an integer"));
  }

  @Test
  void refusesBytesThatAreNoVectorWithoutAnException() {
    byte[] good = ENCODER.encode(ScaledVector.raw(vector(1, 2, 3)));
    for (int length = 0; length < good.length; length++) {
      assertThat(DECODER.decode(Arrays.copyOf(good, length)))
          .as("first %d bytes", length)
          .isInstanceOf(Decoded.Refused.class);
    }
    byte[] unknown = good.clone();
    unknown[4] = 99;
    assertThat(DECODER.decode(unknown))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA));
    assertThat(DECODER.decode("{\"model\":\"host\"}".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RejectReason.MALFORMED_AVRO));
  }

  @Test
  void aSchemaOfOtherMessagesIsRefusedBeforeAnyCome() {
    FeatureVectorAvroDecoder.requireReadable(FeatureVectorAvroEncoder.schema());
    FeatureVectorAvroDecoder.requireReadable(REORDERED);
    assertThatThrownBy(
            () -> FeatureVectorAvroDecoder.requireReadable(ApiLatencyAvroEncoder.schema()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have the field");
  }

  private static byte[] reordered(String model, Map<String, Object> features) throws Exception {
    Schema schema = new Schema.Parser().parse(REORDERED);
    GenericRecord record = new GenericData.Record(schema);
    record.put("features", features);
    record.put("more", List.of("x", "y"));
    record.put("revision", 1);
    record.put("records", 4);
    record.put("window_end_ms", 2L);
    record.put("window_start_ms", 1L);
    record.put("device_id", "d");
    record.put("model", model);
    return AvroBytes.of(
        REORDERED_ID, avro -> new GenericDatumWriter<GenericRecord>(schema).write(record, avro));
  }
}
