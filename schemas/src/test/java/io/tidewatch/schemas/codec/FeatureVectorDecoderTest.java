package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureVectorDecoderTest {
  private static final Map<String, List<String>> FEATURES =
      Map.of("host", List.of("cpu_mean", "cpu_std", "load_mean"), "press", List.of("force_mean"));
  private static final FeatureVectorDecoder DECODER = new FeatureVectorDecoder(FEATURES, 1 << 20);
  private static final String GOOD =
      """
      {"model":"host","device_id":"web-1","window_start_ms":1000,"window_end_ms":61000,\
      "records":3,"revision":2,"features":{"cpu_mean":0.5,"cpu_std":null,"load_mean":-2},\
      "scaled":null,"scaler_version":null}""";

  @Test
  void readsWhatTheTelemetryJobWrites() {
    FeatureVector vector =
        new FeatureVector(
                "host",
                "d \"1\"",
                1_000,
                61_000,
                3,
                new double[] {0.1, Double.NaN, Double.MIN_VALUE})
            .revised(2);
    FeatureVectorEncoder encoder = new FeatureVectorEncoder(FEATURES);
    assertThat(ok(DECODER.decode(encoder.encode(ScaledVector.raw(vector))))).isEqualTo(vector);
    assertThat(
            ok(
                DECODER.decode(
                    encoder.encode(new ScaledVector(vector, new double[] {1, 2, 3}, "v")))))
        .isEqualTo(vector);
  }

  @Test
  void putsValuesInTheOrderOfTheModelWhateverTheirOrderInTheMessage() {
    String message =
        """
        {"features":{"load_mean":3,"cpu_mean":1},"more":{"x":[1]},"revision":0,"records":1,\
        "window_end_ms":2,"window_start_ms":1,"device_id":"d","model":"host"}""";
    assertThat(ok(DECODER.decode(bytes(message))))
        .isEqualTo(new FeatureVector("host", "d", 1, 2, 1, new double[] {1, Double.NaN, 3}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"host\" | \"lathe\" | UNKNOWN_MODEL | model: must be one of [host, press], was 'lathe'",
        "\"host\" | \"press\" | UNKNOWN_FIELD | features.cpu_mean: must be a feature of model press, was none",
        "cpu_std | cpu_max | UNKNOWN_FIELD | features.cpu_max: must be a feature of model host, was none",
        "cpu_std | cpu_mean | DUPLICATE_FIELD | features.cpu_mean: must stand once, was there again",
        "0.5 | \"0.5\" | WRONG_TYPE | features.cpu_mean: must be a number, was text",
        "0.5 | 1e400 | OUT_OF_RANGE | features.cpu_mean: must be a number within ±1.8e308, was '1e400'",
        "61000 | 1000 | OUT_OF_RANGE | window_end_ms: must be > window_start_ms (1000), was '1000'",
        "\"records\":3 | \"records\":0 | OUT_OF_RANGE | records: must be an integer from 1 to 9223372036854775807, was '0'",
        "\"revision\":2, | `` | MISSING_FIELD | revision: must be present, was absent",
        "\"model\":\"host\", | `` | MISSING_FIELD | model: must be present, was absent"
      })
  void refusesOtherVectors(String was, String is, RejectReason reason, String detail) {
    String message = GOOD.replaceFirst(Pattern.quote(was), is);
    assertThat(message).isNotEqualTo(GOOD);
    assertThat(DECODER.decode(bytes(message))).isEqualTo(new Decoded.Refused<>(reason, detail));
  }

  @Test
  void refusesWhatIsNoVector() {
    assertThat(DECODER.decode(null)).isInstanceOf(Decoded.Refused.class);
    assertThat(DECODER.decode(bytes("{\"features\":[]}"))).isInstanceOf(Decoded.Refused.class);
    assertThat(new FeatureVectorDecoder(FEATURES, 10).decode(bytes(GOOD)))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RejectReason.TOO_LARGE));
    assertThatThrownBy(() -> new FeatureVectorDecoder(FEATURES, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
