package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.schemas.reject.RefusedRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusedRowEncoderTest {

  @Test
  void tellsTheRowByColumnAndTheReason() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("text", "a \"b\"");
    row.put("number", 1.5);
    row.put("count", 7L);
    row.put("small", 3);
    row.put("truth", true);
    row.put("bytes", new byte[] {1, 2});
    row.put("nothing", null);

    assertThat(json(row))
        .isEqualTo(
            """
            {"database":"postgresql","table":"t","code":"23514","reason":"ERROR: no",\
            "row":{"text":"a \\"b\\"","number":1.5,"count":7,"small":3,"truth":true,\
            "bytes":"AQI=","nothing":null}}""");
  }

  @Test
  void tellsWhatJsonDoesNotHaveAsText() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("nan", Double.NaN);
    row.put("infinite", Double.NEGATIVE_INFINITY);
    row.put("time", java.time.Instant.EPOCH);
    row.put("surrogate", "a\ud800b");
    row.put("nul", "a\u0000b");

    assertThat(json(row))
        .endsWith(
            """
            {"nan":"NaN","infinite":"-Infinity","time":"1970-01-01T00:00:00Z",\
            "surrogate":"a?b","nul":"a\\u0000b"}}""");
  }

  @Test
  void fitsItsSchema() throws IOException {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("a", null);
    row.put("b", Double.NaN);
    JsonSchema schema;
    try (InputStream in =
        RefusedRowEncoderTest.class.getResourceAsStream("/json/refused-row.v1.schema.json")) {
      schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
    }

    assertThat(schema.validate(new ObjectMapper().readTree(json(row)))).isEmpty();
    assertThat(schema.validate(new ObjectMapper().readTree("{\"row\": {\"a\": []}}"))).isNotEmpty();
  }

  private static String json(Map<String, Object> row) {
    return new String(
        new RefusedRowEncoder()
            .encode(new RefusedRow("postgresql", "t", "23514", "ERROR: no", row)),
        UTF_8);
  }
}
