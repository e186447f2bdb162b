package io.tidewatch.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.schemas.derived.AlertPhase;
import io.tidewatch.schemas.derived.AlertSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertSnapshotEncoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AlertSnapshotEncoder encoder = new AlertSnapshotEncoder();

  @ParameterizedTest
  @EnumSource(AlertPhase.class)
  void theSchemaKnowsEachPhase(AlertPhase phase) throws IOException {
    JsonNode node = JSON.readTree(encoder.encode(snapshot(phase, 97.5)));
    assertThat(schema().validate(node)).isEmpty();
    assertThat(node.get("state").textValue()).isEqualToIgnoringCase(phase.name());
    assertThat(node.get("value").doubleValue()).isEqualTo(97.5);
    assertThat(node.get("labels").get("device_id").textValue()).isEqualTo("web-1");
    assertThat(node.get("changed_at_ms").longValue()).isEqualTo(2);
  }

  @Test
  void whatIsNoNumberIsNull() throws IOException {
    for (Double value : new Double[] {null, Double.NaN, Double.POSITIVE_INFINITY}) {
      JsonNode node = JSON.readTree(encoder.encode(snapshot(AlertPhase.NO_DATA, value)));
      assertThat(schema().validate(node)).isEmpty();
      assertThat(node.get("value").isNull()).isTrue();
    }
  }

  @Test
  void whereNothingIsToBeToldThereIsATombstone() {
    assertThat(encoder.encode(snapshot(null, 1.0))).isNull();
  }

  @Test
  void theSchemaAcceptsItsExamples() throws IOException {
    try (InputStream in = in()) {
      for (JsonNode example : JSON.readTree(in).get("examples")) {
        assertThat(schema().validate(example)).isEmpty();
      }
    }
  }

  private static AlertSnapshot snapshot(@Nullable AlertPhase phase, @Nullable Double value) {
    return new AlertSnapshot(
        "f1", "CpuHigh", "v1", phase, Map.of("device_id", "web-1"), value, 1, 2);
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in = in()) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
    }
  }

  private static InputStream in() {
    return AlertSnapshotEncoderTest.class.getResourceAsStream("/json/alert-state.v1.schema.json");
  }
}
