package io.tidewatch.analytics.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelMessageDecoderTest {
  private static final Map<String, List<String>> SCORED =
      Map.of("host", Histories.FEATURES, "press", List.of("a", "b", "c"));
  private static final ModelMessageDecoder FLEET =
      new ModelMessageDecoder(SCORED, ModelScope.FLEET);
  private static final ForestArtifact HOST =
      Histories.TRAINER.train("host", Histories.FEATURES, Histories.rows(1, 300)).artifact();

  @Test
  void takesForestsOfTheScoredFeaturesAndWishesToGoBack() {
    assertThat(FLEET.decode(bytes("host"), ModelMessageCodec.encode(HOST)))
        .isInstanceOfSatisfying(
            Decoded.Ok.class,
            ok -> assertThat(ok.value()).usingRecursiveComparison().isEqualTo(HOST));
    ModelMessage back = new ModelRollback("host", "v1");
    assertThat(FLEET.decode(bytes("host"), ModelMessageCodec.encode(back)))
        .isEqualTo(new Decoded.Ok<>(back));
  }

  @Test
  void aKeyIsThatOfItsDocumentAndOfTheScope() {
    byte[] document = ModelMessageCodec.encode(HOST);
    assertRefused(
        bytes("press"),
        document,
        RejectReason.INVALID_TEXT,
        "key: must be the model of the document, 'host', was not");
    assertRefused(
        null,
        document,
        RejectReason.INVALID_TEXT,
        "key: must be the model of the document, 'host', was not");
    assertThat(new ModelMessageDecoder(SCORED, ModelScope.DEVICE).decode(bytes("host"), document))
        .isEqualTo(
            new Decoded.Refused<>(
                RejectReason.INVALID_TEXT,
                "model: must be <model>/<device> with this scope, was 'host'"));
    byte[] ofDevice = ModelMessageCodec.encode(new ModelRollback("host/web-1", "v1"));
    assertRefused(
        bytes("host/web-1"),
        ofDevice,
        RejectReason.INVALID_TEXT,
        "model: must be <model> with this scope, was 'host/web-1'");
    assertThat(
            new ModelMessageDecoder(SCORED, ModelScope.DEVICE)
                .decode(bytes("host/web-1"), ofDevice))
        .isInstanceOf(Decoded.Ok.class);
    byte[] lathe = ModelMessageCodec.encode(new ModelRollback("lathe", "v1"));
    assertRefused(
        bytes("lathe"),
        lathe,
        RejectReason.UNKNOWN_MODEL,
        "model: must be a configured one, was 'lathe'");
  }

  @Test
  void refusesForestsOfOtherFeatures() {
    assertRefused(
        bytes("press"),
        ModelMessageCodec.encode(copy("press", HOST.features(), null, HOST.forest(), 300)),
        RejectReason.OTHER_FEATURES,
        "features: must be the 3 that are scored, were 4");
    assertRefused(
        bytes("host"),
        ModelMessageCodec.encode(
            copy("host", List.of("a", "x", "c", "d"), null, HOST.forest(), 300)),
        RejectReason.OTHER_FEATURES,
        "features[1]: must be b, was 'x'");
    assertRefused(
        bytes("host"),
        ModelMessageCodec.encode(copy("host", HOST.features(), "s1", HOST.forest(), 300)),
        RejectReason.OTHER_FEATURES,
        "scaler_version: must be null, features are scored in their units, was 's1'");
  }

  @Test
  void refusesForestsThatAreNoneWhoeverSignedThem() {
    byte[] cut = Arrays.copyOf(HOST.forest(), HOST.forest().length - 9);
    assertDamaged(copy("host", HOST.features(), null, cut, 300), "forest: checksum must be");
    byte[] newer = HOST.forest().clone();
    newer[0] = 2;
    assertDamaged(copy("host", HOST.features(), null, newer, 300), "forest: version must be 1");
    byte[] gadget = {(byte) 0xAC, (byte) 0xED, 0, 5, 's', 'r', 0, 1, 'x'};
    assertDamaged(copy("host", HOST.features(), null, gadget, 300), "forest: version must be 1");
    assertDamaged(
        copy("host", HOST.features(), null, HOST.forest(), 299),
        "forest: must have the rows of its artifact, had others");
  }

  @Test
  void refusesWhatIsNoDocument() {
    assertThat(FLEET.decode(bytes("host"), null))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RejectReason.NULL_VALUE));
  }

  @Test
  void keysNameModelAndDevice() {
    assertThat(ModelScope.FLEET.key("host", "web/1")).isEqualTo("host");
    assertThat(ModelScope.DEVICE.key("host", "web/1")).isEqualTo("host/web/1");
    assertThat(ModelScope.model("host/web/1")).isEqualTo("host");
    assertThat(ModelScope.DEVICE.fits("host/")).isFalse();
  }

  private static ForestArtifact copy(
      String key, List<String> features, @Nullable String scaler, byte[] forest, int rows) {
    return new ForestArtifact(
        key,
        HOST.version(),
        HOST.engine(),
        HOST.seed(),
        rows,
        HOST.trainedFromMs(),
        HOST.trainedUntilMs(),
        features,
        scaler,
        null,
        HOST.threshold(),
        HOST.scoreDeciles(),
        forest);
  }

  private static void assertDamaged(ForestArtifact artifact, String detail) {
    assertThat(FLEET.decode(bytes("host"), ModelMessageCodec.encode(artifact)))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(RejectReason.DAMAGED_MODEL);
              assertThat(refused.detail()).startsWith(detail);
            });
  }

  private static void assertRefused(
      byte @Nullable [] key, byte[] value, RejectReason reason, String detail) {
    assertThat(FLEET.decode(key, value)).isEqualTo(new Decoded.Refused<>(reason, detail));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
