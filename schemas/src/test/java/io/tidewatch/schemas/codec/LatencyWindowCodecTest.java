package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyWindowCodecTest {
  private static final LatencyWindowCodec CODEC = new LatencyWindowCodec();
  private static final LatencyWindow WINDOW =
      new LatencyWindow(
          "shop",
          "/orders/{id}",
          "GET",
          1_700_000_000_000L,
          1_700_000_060_000L,
          120,
          2,
          3,
          2.5,
          21.5,
          18.25,
          40.5,
          52.5,
          81.75,
          96.5);

  @Test
  void writesAllButTheSketchInTheOrderOfTheSchema() {
    assertThat(new String(CODEC.encode(WINDOW.sketched(new byte[] {1, 2})), UTF_8))
        .isEqualTo(Samples.WINDOW_JSON);
  }

  @Test
  void readsWhatItWritesBitForBit() {
    assertThat(ok(CODEC.decode(CODEC.encode(WINDOW)))).isEqualTo(WINDOW);
    LatencyWindow extreme =
        new LatencyWindow(
                "s \uD83D\uDE00 \"1\"",
                "_other",
                "OTHER",
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Double.MIN_VALUE,
                0,
                0,
                0.1,
                1.0 / 3,
                1e-300,
                1e300,
                Double.MAX_VALUE,
                Math.nextDown(Double.MAX_VALUE))
            .revised(Integer.MAX_VALUE);
    assertThat(ok(CODEC.decode(CODEC.encode(extreme)))).isEqualTo(extreme);
  }

  @Test
  void tellsTheTracesOfTheSlowestRequestsWhereSomeAreKnown() {
    LatencyWindow traced = WINDOW.traced(List.of("t1", "t \"2\""));
    String message = new String(CODEC.encode(traced), UTF_8);
    assertThat(message).endsWith(",\"revision\":0,\"trace_ids\":[\"t1\",\"t \\\"2\\\"\"]}");
    assertThat(ok(CODEC.decode(bytes(message)))).isEqualTo(traced);
    String without = Samples.WINDOW_JSON.replace("0}", "0,\"trace_ids\":null}");
    assertThat(ok(CODEC.decode(bytes(without)))).isEqualTo(WINDOW);
  }

  @Test
  void readsFieldsInAnyOrderAndSkipsThoseItDoesNotKnow() {
    String message =
        Samples.WINDOW_JSON
            .replace(",\"revision\":0", "")
            .replaceFirst("\\{", "{\"sketch\":[{}],\"revision\":0,");
    assertThat(ok(CODEC.decode(bytes(message)))).isEqualTo(WINDOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"shop\" | \"\" | INVALID_TEXT | service: must be text of 1 to 256 characters without control characters, was empty",
        "\"GET\" | \"get\" | INVALID_TEXT | method: must be letters A to Z, was 'get'",
        "\"count\":120 | \"count\":0 | OUT_OF_RANGE | count: must be an integer from 1 to 9223372036854775807, was '0'",
        "\"error_count\":3 | \"error_count\":-1 | OUT_OF_RANGE | error_count: must be an integer from 0 to 9223372036854775807, was '-1'",
        "\"p99_ms\":81.75 | \"p99_ms\":-1 | OUT_OF_RANGE | p99_ms: must be a number ≥ 0.0, was '-1'",
        "\"p99_ms\":81.75 | \"p99_ms\":1e400 | OUT_OF_RANGE | p99_ms: must be a number within ±1.8e308, was '1e400'",
        "\"p50_ms\" | \"p90_ms\" | DUPLICATE_FIELD | p90_ms: must stand once, was there again",
        "\"max_ms\":96.5, | `` | MISSING_FIELD | max_ms: must be present, was absent",
        "\"revision\":0 | \"revision\":null | MISSING_FIELD | revision: must be present, was null",
        "\"revision\":0 | \"revision\":0,\"trace_ids\":\"t1\" | WRONG_TYPE | trace_ids: must be an array, was text",
        "\"revision\":0 | \"revision\":0,\"trace_ids\":[\"t1\",\"\"] | INVALID_TEXT | trace_ids: must be text of 1 to 64 characters without control characters, was empty",
        "1700000060000 | 1700000000000 | OUT_OF_RANGE | window_end_ms: must be > window_start_ms (1700000000000), was '1700000000000'"
      })
  void refusesOtherWindows(String was, String is, RejectReason reason, String detail) {
    String message = Samples.WINDOW_JSON.replaceFirst(Pattern.quote(was), is);
    assertThat(message).isNotEqualTo(Samples.WINDOW_JSON);
    assertThat(CODEC.decode(bytes(message))).isEqualTo(new Decoded.Refused<>(reason, detail));
  }

  @Test
  void refusesWhatIsLongerThanAdmittedAndNumbersJsonDoesNotHave() {
    assertThat(new LatencyWindowCodec(10).decode(CODEC.encode(WINDOW)))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RejectReason.TOO_LARGE));
    LatencyWindow absurd =
        new LatencyWindow("s", "/e", "GET", 0, 1, 1, Double.NaN, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThatThrownBy(() -> CODEC.encode(absurd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rate_per_second: must be finite, was NaN");
  }
}
