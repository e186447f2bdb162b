package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.scale.ScalerUpdate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalerMessageDecoderTest {
  private static final ScalerMessageDecoder DECODER =
      new ScalerMessageDecoder(
          Map.of("host", List.of("cpu_percent_mean", "cpu_percent_std"), "metric", List.of("a")));
  private static final byte[] DOCUMENT = bytes(Samples.SCALER_JSON);

  @Test
  void takesADocumentOfTheModelOfItsKey() {
    ScalerUpdate update = ok(DECODER.decode(bytes("host"), DOCUMENT));
    assertThat(update.model()).isEqualTo("host");
    assertThat(update.document()).isEqualTo(DOCUMENT);
  }

  @Test
  void takesAMessageWithoutValueAsTheEndOfTheScaler() {
    ScalerUpdate update = ok(DECODER.decode(bytes("host"), null));
    assertThat(update.model()).isEqualTo("host");
    assertThat(update.document()).isNull();
  }

  @Test
  void refusesAKeyThatIsNoConfiguredModel() {
    assertRefused(null, DOCUMENT, RejectReason.MISSING_FIELD, "key: must be present, was null");
    assertRefused(
        bytes("press"),
        null,
        RejectReason.UNKNOWN_MODEL,
        "key: must be a configured model, was 'press'");
    assertRefused(
        new byte[] {'h', (byte) 0xff},
        null,
        RejectReason.INVALID_TEXT,
        "key: must be text of 1 to 63 characters without control characters, was not UTF-8 at byte"
            + " 1");
  }

  @Test
  void refusesADocumentOfAnotherModelOrFeature() {
    assertRefused(
        bytes("metric"),
        DOCUMENT,
        RejectReason.INVALID_TEXT,
        "model: must be the key 'metric', was 'host'");
    assertRefused(
        bytes("host"),
        bytes(Samples.SCALER_JSON.replace("cpu_percent_mean", "cpu_percent_avg")),
        RejectReason.UNKNOWN_FIELD,
        "features.cpu_percent_avg: must be a feature of model host, was none");
  }

  @Test
  void refusesWhatIsNoDocument() {
    assertRefused(
        bytes("host"), new byte[0], RejectReason.EMPTY, "value: must be a JSON object, was empty");
    assertRefused(
        bytes("host"),
        bytes("[]"),
        RejectReason.WRONG_TYPE,
        "value: must be an object, was an array");
  }

  private static void assertRefused(
      byte @Nullable [] key, byte @Nullable [] value, RejectReason reason, String detail) {
    assertThat(DECODER.decode(key, value)).isEqualTo(new Decoded.Refused<>(reason, detail));
  }
}
