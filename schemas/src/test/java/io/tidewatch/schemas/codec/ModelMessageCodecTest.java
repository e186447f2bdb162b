package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelMessageCodecTest {
  private static final ModelMessageCodec CODEC = new ModelMessageCodec();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Double> DECILES = List.of(.1, .2, .3, .4, .5, .5, .6, .7, .8);
  private static final ForestArtifact ARTIFACT = artifact("v1", new byte[] {1, 2, 3});

  @Test
  void readsBackWhatItWrote() throws IOException {
    byte[] forest = new byte[90_000]; // longer as Base64 than any other text of a message
    new Random(1).nextBytes(forest);
    for (ModelMessage message :
        List.of(
            ARTIFACT,
            artifact("v2", forest),
            ARTIFACT.readFrom("jdbc:postgresql://db/tidewatch, device_features"),
            new ModelRollback("host/web-1", "v1"))) {
      byte[] document = ModelMessageCodec.encode(message);
      assertThat(ok(CODEC.decode(document))).usingRecursiveComparison().isEqualTo(message);
      assertThat(schema().validate(JSON.readTree(document))).isEmpty();
    }
    for (JsonNode example : schema().getSchemaNode().get("examples")) {
      assertThat(schema().validate(example)).isEmpty();
    }
  }

  @Test
  void orderOfFieldsAndSpellingOfNumbersAreFree() throws IOException {
    String text = text(ARTIFACT).replace("\"threshold\":0.66", "\"threshold\":6.60e-1");
    assertThat(ok(CODEC.decode(bytes(text)))).usingRecursiveComparison().isEqualTo(ARTIFACT);
    String kindLast =
        text(ARTIFACT)
            .replace("\"kind\":\"forest\",", "")
            .replaceFirst("}$", ",\"kind\":\"forest\"}");
    assertThat(ok(CODEC.decode(bytes(kindLast)))).usingRecursiveComparison().isEqualTo(ARTIFACT);
  }

  @Test
  void refusesADocumentThatIsCutAnywhere() {
    byte[] whole = ModelMessageCodec.encode(ARTIFACT);
    for (int length = 1; length < whole.length; length++) {
      assertThat(CODEC.decode(Arrays.copyOf(whole, length)))
          .as("first %d bytes", length)
          .isInstanceOfSatisfying(
              Decoded.Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo(RejectReason.MALFORMED_JSON));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"threshold\":0.66 | \"threshold\":0.67",
        "\"rows\":300 | \"rows\":301",
        "cpu_mean | cpu_mode",
        "\"forest\":\"AQID\" | \"forest\":\"AQIE\"",
        "\"version\":\"v1\" | \"version\":\"v2\"",
        "\"seed\":-7 | \"seed\":7",
        "\"scaler_version\":null, | \"scaler_version\":null,\"origin\":\"elsewhere\","
      })
  void refusesADocumentOfWhichAnythingWasChanged(String was, String is) {
    assertRefused(
        text(ARTIFACT).replace(was, is),
        RejectReason.DAMAGED_MODEL,
        "checksum: must be that of the document, was not; it was damaged or changed by hand");
  }

  @Test
  void refusesANewerFormatBeforeItWondersAboutItsFields() {
    assertRefused(
        "{\"format\":2,\"tree_kind\":\"new\"}",
        RejectReason.NEWER_FORMAT,
        "format: must be at most 1, was 2; written by a newer version of Tidewatch");
  }

  @Test
  void refusesStreamsOfJavaSerialisation() {
    byte[] gadget = {(byte) 0xAC, (byte) 0xED, 0, 5, 's', 'r', 0, 17, 'j', 'a', 'v', 'a'};
    assertThat(CODEC.decode(gadget))
        .isEqualTo(
            new Decoded.Refused<>(
                RejectReason.DAMAGED_MODEL,
                "value: must be a model as JSON, was a stream of Java serialisation"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"kind\":\"forest\" | \"kind\":\"tree\" | INVALID_TEXT | kind: must be forest or rollback, was 'tree'",
        "\"engine\":\"built-in\", | `` | MISSING_FIELD | engine: must be present, was absent",
        "\"scaler_version\":null, | `` | MISSING_FIELD | scaler_version: must be present, was absent",
        "\"seed\":-7 | \"seed\":\"x\" | WRONG_TYPE | seed: must be an integer, was text",
        "\"rows\":300 | \"rows\":1 | OUT_OF_RANGE | rows: must be an integer from 2 to 2147483647, was '1'",
        "\"threshold\":0.66 | \"threshold\":1.5 | OUT_OF_RANGE | threshold: must be in (0, 1), was 1.5",
        "\"trained_until_ms\":9 | \"trained_until_ms\":4 | OUT_OF_RANGE | trained_until_ms: must be ≥ trained_from_ms (5), was 4",
        "[0.1, | [ | OUT_OF_RANGE | score_deciles: must be 9, were 8",
        "[0.1, | [0.3, | OUT_OF_RANGE | score_deciles: must be ascending in [0, 1], was 0.2 after 0.3",
        "\"features\":[\"cpu_mean\",\"load_mean\"] | \"features\":[] | OUT_OF_RANGE | features: must name at least one feature, was empty",
        "\"load_mean\" | \"cpu_mean\" | DUPLICATE_FIELD | features: must stand once, was there again",
        "\"rows\":300 | \"rows\":300,\"rows\":300 | DUPLICATE_FIELD | rows: must stand once, was there again",
        "\"scaler_version\":null, | \"scaler_version\":null,\"origin\":\"\", | INVALID_TEXT | origin: must be text of 1 to 1000 characters without control characters, was empty",
        "\"forest\":\"AQID\" | \"forest\":7 | WRONG_TYPE | forest: must be text in Base64, was an integer"
      })
  void refusesWhatIsNoArtifact(String was, String is, RejectReason reason, String detail) {
    assertRefused(text(ARTIFACT).replace(was, is), reason, detail);
  }

  @Test
  void refusesFieldsNobodyKnows() {
    assertThat(CODEC.decode(bytes(text(ARTIFACT).replace("\"seed\"", "\"sed\""))))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(RejectReason.UNKNOWN_FIELD);
              assertThat(refused.detail()).startsWith("sed: must be one of format, kind, model");
            });
    assertRefused(
        "{\"format\":1,\"kind\":\"rollback\",\"model\":\"host\",\"version\":\"v1\",\"rows\":3}",
        RejectReason.UNKNOWN_FIELD,
        "rows: must be absent with rollback, was there");
  }

  @Test
  void refusesMoreThanAMessageMayHold() {
    assertRefused(
        text(ARTIFACT).replace("[0.1,", "[0.1,0.1,"),
        RejectReason.INVALID_TEXT,
        "score_deciles: must come after at most 8 others");
    assertThat(CODEC.decode(new byte[(1 << 20) + 1]))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RejectReason.TOO_LARGE));
  }

  @Test
  void saysWhereItsRowsWereReadAndNothingWhereTheyPassed() {
    assertThat(text(ARTIFACT)).doesNotContain("origin");
    ForestArtifact read = ARTIFACT.readFrom("a folder");
    assertThat(text(read)).contains("\"origin\":\"a folder\"");
    assertThat(read.version()).isEqualTo(ARTIFACT.version());
    assertThat(ModelMessageCodec.checksum(read)).isNotEqualTo(ModelMessageCodec.checksum(ARTIFACT));
  }

  @Test
  void versionsOfAForestSayWhenAndWhich() {
    String version = ModelMessageCodec.version("20240101T000000Z", new byte[] {1});
    assertThat(version)
        .matches("20240101T000000Z-[0-9a-f]{8}")
        .isEqualTo(ModelMessageCodec.version("20240101T000000Z", new byte[] {1}))
        .isNotEqualTo(ModelMessageCodec.version("20240101T000000Z", new byte[] {2}));
  }

  @Test
  void anArtifactIsOfRows() {
    assertThatThrownBy(
            () ->
                new ForestArtifact(
                    "host",
                    "v",
                    "e",
                    1,
                    1,
                    0,
                    0,
                    List.of("a"),
                    null,
                    null,
                    .5,
                    DECILES,
                    new byte[0]))
        .hasMessage("rows: must be ≥ 2, was 1");
  }

  private static void assertRefused(String text, RejectReason reason, String detail) {
    assertThat(CODEC.decode(bytes(text))).isEqualTo(new Decoded.Refused<>(reason, detail));
  }

  private static String text(ModelMessage message) {
    return new String(ModelMessageCodec.encode(message), UTF_8);
  }

  private static ForestArtifact artifact(String version, byte[] forest) {
    return new ForestArtifact(
        "host",
        version,
        "built-in",
        -7,
        300,
        5,
        9,
        List.of("cpu_mean", "load_mean"),
        null,
        null,
        .66,
        DECILES,
        forest);
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        ModelMessageCodecTest.class.getResourceAsStream("/json/model.v1.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(JSON.readTree(in));
    }
  }
}
