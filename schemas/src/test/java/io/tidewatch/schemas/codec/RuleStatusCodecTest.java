package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleStatusCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RuleStatus REFUSED =
      new RuleStatus(
          "tidewatch-latency", "Slow", RuleState.REFUSED, "v1", "expr: no", 3, "groups:\n- a\n");

  private final RuleStatusCodec codec = new RuleStatusCodec();

  @Test
  void anyReasonCanBeToldAndNamesThatCannotAreKnown() {
    String why = "two\nlines \u0000 \ud800 " + "x".repeat(5_000);
    RuleStatus told =
        new RuleStatus("j", "r", RuleState.REFUSED, null, RuleStatusCodec.reason(why), 0, null);
    assertThat(codec.decode(codec.encode(told))).isEqualTo(new Decoded.Ok<>(told));
    assertThat(told.reason()).startsWith("two\\u{a}lines \\u{0} \\u{d800} xx").endsWith("…");
    assertThat(RuleStatusCodec.isName("Köln \ud83d\ude00")).isTrue();
    for (String name : new String[] {"", "a\u0000", "a\n", "\ud800", "x".repeat(257)}) {
      assertThat(RuleStatusCodec.isName(name)).as(name).isFalse();
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    RuleStatus bare =
        new RuleStatus("job", "r", RuleState.REMOVED, null, null, Long.MAX_VALUE, null);
    for (RuleStatus status : new RuleStatus[] {REFUSED, bare}) {
      assertThat(codec.decode(codec.encode(status))).isEqualTo(new Decoded.Ok<>(status));
    }
  }

  @ParameterizedTest
  @EnumSource(RuleState.class)
  void theSchemaAcceptsWhatIsWritten(RuleState state) throws IOException {
    RuleStatus status = new RuleStatus("job", "r", state, null, null, 0, null);
    assertThat(schema().validate(JSON.readTree(codec.encode(status)))).isEmpty();
    assertThat(schema().validate(JSON.readTree(codec.encode(REFUSED)))).isEmpty();
  }

  @Test
  void itsExamplesAreAcceptedBySchemaAndCodec() throws IOException {
    JsonNode examples;
    try (InputStream in = in()) {
      examples = JSON.readTree(in).get("examples");
    }
    assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
    for (JsonNode example : examples) {
      assertThat(schema().validate(example)).isEmpty();
      assertThat(codec.decode(bytes(example.toString()))).isInstanceOf(Decoded.Ok.class);
    }
  }

  @Test
  void theKeyIsOneAJobAndRule() {
    assertThat(RuleStatusCodec.key(REFUSED)).isEqualTo("tidewatch-latency/Slow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"refused\" | \"maybe\" | state: must be accepted, refused, never_matched or removed, was"
            + " 'maybe'",
        "\"matched_series\":3 | \"matched_series\":-1 | matched_series: must be",
        "\"job\":\"tidewatch-latency\", | '' | job: must be present",
        "\"rule\":\"Slow\" | \"rule\":\"\" | rule: must be text of 1 to 256 characters",
        "\"version\":\"v1\" | \"job\":\"again\" | job: must"
      })
  void refusesInOneLineThatNamesTheField(String from, String to, String detail) {
    String good = new String(codec.encode(REFUSED), UTF_8);
    assertThat(good).contains(from);
    Decoded<RuleStatus> decoded = codec.decode(bytes(good.replace(from, to == null ? "" : to)));
    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    assertThat(((Decoded.Refused<RuleStatus>) decoded).detail()).startsWith(detail);
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in = in()) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
    }
  }

  private static InputStream in() {
    return RuleStatusCodecTest.class.getResourceAsStream("/json/rule-status.v1.schema.json");
  }
}
