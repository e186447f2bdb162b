package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class FeatureVectorEncoderTest {
  private static final Map<String, List<String>> FEATURES =
      Map.of("host", List.of("cpu_mean", "cpu_std"));
  private static final FeatureVectorEncoder ENCODER = new FeatureVectorEncoder(FEATURES);
  private static final FeatureVector VECTOR =
      new FeatureVector("host", "d \"1\"", 1_000, 61_000, 3, new double[] {0.1, Double.NaN})
          .revised(2);

  @Test
  void writesRawAndScaledValuesByName() {
    assertThat(json(new ScaledVector(VECTOR, new double[] {-1.5, Double.NaN}, "v7")))
        .isEqualTo(
            """
            {"model":"host","device_id":"d \\"1\\"","window_start_ms":1000,"window_end_ms":61000,\
            "records":3,"revision":2,"features":{"cpu_mean":0.1,"cpu_std":null},\
            "scaled":{"cpu_mean":-1.5,"cpu_std":null},"scaler_version":"v7"}""");
  }

  @Test
  void writesNullWhereThereIsNoScaler() {
    assertThat(json(ScaledVector.raw(VECTOR))).endsWith("\"scaled\":null,\"scaler_version\":null}");
  }

  @Test
  void writesWhatThePublishedSchemaSays() throws IOException {
    for (ScaledVector vector :
        List.of(
            ScaledVector.raw(VECTOR),
            new ScaledVector(VECTOR, new double[] {Double.MAX_VALUE, -Double.MIN_VALUE}, "v"))) {
      assertThat(schema().validate(new ObjectMapper().readTree(json(vector)))).isEmpty();
    }
    for (JsonNode example : schema().getSchemaNode().get("examples")) {
      assertThat(schema().validate(example)).isEmpty();
    }
    assertThat(
            schema()
                .validate(
                    new ObjectMapper()
                        .readTree(
                            json(ScaledVector.raw(VECTOR))
                                .replace("\"scaled\":null", "\"scaled\":{}"))))
        .as("scaled by nobody")
        .isNotEmpty();
  }

  @Test
  void saysTheSameInAvroToAvrosOwnReader() throws IOException {
    var encoder = new FeatureVectorAvroEncoder(FEATURES, 0x01020304);
    Schema schema = new Schema.Parser().parse(FeatureVectorAvroEncoder.schema());
    var reader = new GenericDatumReader<GenericRecord>(schema);
    for (ScaledVector vector :
        List.of(
            ScaledVector.raw(VECTOR),
            new ScaledVector(VECTOR, new double[] {-1.5, Double.NaN}, "v7"))) {
      byte[] bytes = encoder.encode(vector);
      assertThat(bytes).startsWith(0, 1, 2, 3, 4);
      BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
      GenericRecord record = reader.read(null, in);
      assertThat(in.isEnd()).isTrue();
      assertThat(new ObjectMapper().readTree(record.toString()))
          .isEqualTo(new ObjectMapper().readTree(json(vector)));
    }
  }

  @Test
  void refusesAVectorOfOtherFeatures() {
    FeatureVector longer = new FeatureVector("host", "d", 0, 1, 1, new double[3]);
    assertThatThrownBy(() -> ENCODER.encode(ScaledVector.raw(longer)))
        .hasMessage("features: must be one a name (2), were 3");
    assertThatThrownBy(() -> ENCODER.encode(new ScaledVector(VECTOR, new double[1], "v")))
        .hasMessage("features: must be one a name (2), were 1");
    FeatureVector other = new FeatureVector("press", "d", 0, 1, 1, new double[2]);
    assertThatThrownBy(() -> ENCODER.encode(ScaledVector.raw(other)))
        .hasMessage("model: must be one of [host], was press");
  }

  @Test
  void vectorsAreEqualByValue() {
    ScaledVector vector = new ScaledVector(VECTOR, new double[] {1, Double.NaN}, "v");
    assertThat(vector)
        .isEqualTo(new ScaledVector(VECTOR, new double[] {1, Double.NaN}, "v"))
        .hasSameHashCodeAs(new ScaledVector(VECTOR, new double[] {1, Double.NaN}, "v"))
        .isNotEqualTo(new ScaledVector(VECTOR, new double[] {1, 2}, "v"))
        .isNotEqualTo(new ScaledVector(VECTOR, new double[] {1, Double.NaN}, "w"))
        .isNotEqualTo(ScaledVector.raw(VECTOR));
    assertThat(vector.toString()).contains("scaled [1.0, NaN] by v");
  }

  private static String json(ScaledVector vector) {
    return new String(ENCODER.encode(vector), UTF_8);
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        FeatureVectorEncoderTest.class.getResourceAsStream("/json/feature-vector.v1.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(new ObjectMapper().readTree(in));
    }
  }
}
