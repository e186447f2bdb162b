package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalerCodecTest {
  private static final ScalerCodec CODEC = new ScalerCodec();
  private static final FeatureStatistics ONE_VALUE = new FeatureStatistics(1, 5, 5, 5, 0);

  @Test
  void readsWhatItWrites() {
    for (Scaler scaler : new Scaler[] {Samples.minMax(), Samples.zScore()}) {
      assertThat(ok(CODEC.decode(ScalerCodec.encode(scaler)))).isEqualTo(scaler);
    }
  }

  @Test
  void writesTheCanonicalForm() {
    assertThat(new String(ScalerCodec.encode(Samples.minMax()), UTF_8))
        .isEqualTo(Samples.SCALER_JSON);
    assertThat(new String(ScalerCodec.encode(Samples.zScore()), UTF_8))
        .isEqualTo(
            """
            {"format":1,"model":"host","version":"2026-11-01","method":"z_score","features":{\
            "cpu_percent_mean":{"count":3,"min":1.0,"max":4.0,"mean":2.5,"std":1.25},\
            "cpu_percent_std":{"count":0}}}""");
  }

  @Test
  void readsEveryDoubleBackBitForBit() {
    double[] values = {-Double.MAX_VALUE, -0.0, Double.MIN_VALUE, 0.1, 1 / 3.0, Double.MAX_VALUE};
    for (double value : values) {
      var statistics = new FeatureStatistics(9, value, value, value, Math.abs(value));
      var scaler = new Scaler("host", "v", new Scaling.ZScore(), Map.of("f", statistics));
      assertThat(ok(CODEC.decode(ScalerCodec.encode(scaler)))).isEqualTo(scaler);
    }
  }

  @Test
  void aVersionByContentIsThatOfTheContentAlone() {
    Map<String, FeatureStatistics> forward = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      forward.put("f" + i, new FeatureStatistics(1, i, i, i, 0));
    }
    Map<String, FeatureStatistics> backward = new HashMap<>(8);
    for (int i = 99; i >= 0; i--) {
      backward.put("f" + i, new FeatureStatistics(1, i, i, i, 0));
    }
    String version = version("host", new Scaling.ZScore(), forward);
    assertThat(version).matches("[0-9a-f]{32}");
    assertThat(version("host", new Scaling.ZScore(), backward)).isEqualTo(version);
    assertThat(version("welding", new Scaling.ZScore(), forward)).isNotEqualTo(version);
    assertThat(version("host", Scaling.MinMax.ZERO_TO_ONE, forward)).isNotEqualTo(version);
    backward.put("f7", new FeatureStatistics(2, 7, 7, 7, 0));
    assertThat(version("host", new Scaling.ZScore(), backward)).isNotEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"format\":1`|`\"format\":2`|OUT_OF_RANGE|format: must be an integer from 1 to 1, was '2'",
        "`\"format\":1,`|``|MISSING_FIELD|format: must be present, was absent",
        "`\"format\":1`|`\"format\":1,\"format\":1`|DUPLICATE_FIELD|format: must stand once, was there again",
        "`\"version\":\"7\"`|`\"version\":\"\"`|INVALID_TEXT|version: must be text of 1 to 128 characters without control characters, was empty",
        "`\"version\":\"7\"`|`\"version\":\"7\",\"note\":1`|UNKNOWN_FIELD|note: must be one of format, model, version, method, lower, upper, features, was none",
        "min_max|MinMax|INVALID_TEXT|method: must be min_max or z_score, was 'MinMax'",
        "min_max|z_score|UNKNOWN_FIELD|lower: must be absent with z_score, was there",
        "`\"upper\":1.0,`|``|MISSING_FIELD|upper: must be present, was absent",
        "`\"upper\":1.0`|`\"upper\":0`|OUT_OF_RANGE|upper: must be > lower (0.0) by a finite difference, was 0.0",
        "`\"lower\":0.0,\"upper\":1.0`|`\"lower\":-1e308,\"upper\":1e308`|OUT_OF_RANGE|upper: must be > lower (-1.0E308) by a finite difference, was 1.0E308",
        "`\"lower\":0.0`|`\"lower\":NaN`|MALFORMED_JSON|Non-standard token 'NaN'",
        "`\"min\":1.0`|`\"min\":-1e999`|OUT_OF_RANGE|features.cpu_percent_mean.min: must be a number within ±1.8e308, was '-1e999'",
        "`\"min\":1.0`|`\"min\":4.5`|OUT_OF_RANGE|features.cpu_percent_mean.max: must be ≥ min (4.5), was 4.0",
        "`\"min\":1.0`|`\"min\":-1e308,\"max\":1e308,\"x\":1`|UNKNOWN_FIELD|features.cpu_percent_mean.x: must be one of count, min, max, mean, std, was none",
        "`\"mean\":2.5`|`\"mean\":0.5`|OUT_OF_RANGE|features.cpu_percent_mean.mean: must be from min (1.0) to max (4.0), was 0.5",
        "`\"std\":1.25`|`\"std\":-1`|OUT_OF_RANGE|features.cpu_percent_mean.std: must be ≥ 0, was -1.0",
        "`,\"std\":1.25`|``|MISSING_FIELD|features.cpu_percent_mean.std: must be present, was absent or null with count 3",
        "`\"count\":3`|`\"count\":0`|OUT_OF_RANGE|features.cpu_percent_mean.min: must be null with count 0, was 1.0",
        "`\"count\":3,`|``|MISSING_FIELD|features.cpu_percent_mean.count: must be present, was absent",
        "`\"std\":1.25`|`\"std\":1.25,\"std\":1.25`|DUPLICATE_FIELD|features.cpu_percent_mean.std: must stand once, was there again",
        "`}}}`|`}}} {}`|MALFORMED_JSON|value: must end after the object, was followed by more"
      })
  void refusesWithKeyValueAndWhatWasExpected(
      String good, String bad, RejectReason reason, String detail) {
    String message = Samples.SCALER_JSON.replace(good, bad == null ? "" : bad);
    assertThat(message).isNotEqualTo(Samples.SCALER_JSON);
    var refused = (Decoded.Refused<Scaler>) CODEC.decode(bytes(message));
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.detail()).startsWith(detail);
  }

  @Test
  void refusesARangeThatDoesNotFitADoubleWhereItWouldBeDividedBy() {
    var wide = new FeatureStatistics(2, -Double.MAX_VALUE, Double.MAX_VALUE, 0, Double.MAX_VALUE);
    assertThat(new Scaler("host", "v", new Scaling.ZScore(), Map.of("f", wide)).of("f"))
        .isEqualTo(wide);
    assertThatThrownBy(() -> new Scaler("host", "v", Scaling.MinMax.ZERO_TO_ONE, Map.of("f", wide)))
        .hasMessage(
            "features.f.max: must be less than 1.8e308 above min (-1.7976931348623157E308) for"
                + " min_max, was 1.7976931348623157E308");
  }

  @Test
  void refusesTooManyFeaturesAndTooManyBytes() {
    Map<String, FeatureStatistics> many = new HashMap<>();
    for (int i = 0; i <= ScalerCodec.MAX_FEATURES; i++) {
      many.put("f" + i, ONE_VALUE);
    }
    var refused = (Decoded.Refused<Scaler>) CODEC.decode(encode(many));
    assertThat(refused.detail()).endsWith(": must come after at most 4999 others");
    many.remove("f0");
    assertThat(ok(CODEC.decode(encode(many))).features()).hasSize(ScalerCodec.MAX_FEATURES);

    var tooLong = (Decoded.Refused<Scaler>) CODEC.decode(new byte[(1 << 20) + 1]);
    assertThat(tooLong.reason()).isEqualTo(RejectReason.TOO_LARGE);
    assertThat(CODEC.decode(null))
        .isEqualTo(
            new Decoded.Refused<>(
                RejectReason.NULL_VALUE, "value: must be a JSON object, was null"));
  }

  @Test
  void holdsNoScalerWithoutAName() {
    Map<String, FeatureStatistics> features = Map.of("f", ONE_VALUE);
    assertThatThrownBy(() -> new Scaler("", "v", new Scaling.ZScore(), features))
        .hasMessage("model: must be the name of a model, was empty");
    assertThatThrownBy(() -> new Scaler("host", "", new Scaling.ZScore(), features))
        .hasMessage("version: must be text, was empty");
    assertThatThrownBy(() -> new Scaling.MinMax(Double.NaN, 1))
        .hasMessage("lower: must be finite, was NaN");
    assertThatThrownBy(() -> new FeatureStatistics(-1, 0, 0, 0, 0))
        .hasMessage("count: must be ≥ 0, was -1");
    assertThatThrownBy(() -> new FeatureStatistics(1, Double.NaN, 0, 0, 0))
        .hasMessage("min: must be finite, was NaN");
  }

  private static byte[] encode(Map<String, FeatureStatistics> features) {
    return ScalerCodec.encode(new Scaler("host", "v", new Scaling.ZScore(), features));
  }

  private static String version(
      String model, Scaling scaling, Map<String, FeatureStatistics> features) {
    return ScalerCodec.versionedByContent(model, scaling, features).version();
  }
}
