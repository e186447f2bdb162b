package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static io.tidewatch.schemas.codec.Samples.refused;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.reject.RejectReason;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each decoder does with messages nobody wrote in good faith. */
class HostileInputTest {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  static Stream<Arguments> decoders() {
    return Stream.of(
        Arguments.of(new TelemetryCodec(Samples.MODELS), Samples.TELEMETRY_JSON),
        Arguments.of(new ApiLatencyCodec(), Samples.LATENCY_JSON),
        Arguments.of(new AlertEventCodec(), Samples.ALERT_JSON),
        Arguments.of(new LatencyWindowCodec(), Samples.WINDOW_JSON));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsAMessageWithoutValue(MessageDecoder<?> decoder) {
    refused(decoder.decode(null), RejectReason.NULL_VALUE);
    refused(decoder.decode(new byte[0]), RejectReason.EMPTY);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsTooManyBytesBeforeItLooksAtThem(MessageDecoder<?> decoder) {
    assertThat(refused(decoder.decode(new byte[10_000_000]), RejectReason.TOO_LARGE))
        .isEqualTo("value: must be ≤ 1048576 bytes, was 10000000");
    refused(decoder.decode(new byte[(1 << 20) + 1]), RejectReason.TOO_LARGE);
    refused(decoder.decode(new byte[1 << 20]), RejectReason.MALFORMED_JSON);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void acceptsAMessageOfExactlyTheLimit(MessageDecoder<?> decoder, String good) {
    ok(decoder.decode(bytes(good + " ".repeat((1 << 20) - bytes(good).length))));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsAMessageThatIsCutOffAnywhere(MessageDecoder<?> decoder, String good) {
    byte[] whole = bytes(good);
    for (int length = 1; length < whole.length; length++) {
      // Mostly malformed; a number that is cut off may be out of range before that shows.
      refusedAsEither(
          decoder.decode(Arrays.copyOf(whole, length)),
          RejectReason.MALFORMED_JSON,
          RejectReason.OUT_OF_RANGE);
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsTextAfterTheObject(MessageDecoder<?> decoder, String good) {
    for (String tail : List.of("{}", "x", ",", "}", "]", "\u0000", "1", "\"", good)) {
      refused(decoder.decode(bytes(good + tail)), RejectReason.MALFORMED_JSON);
    }
    ok(decoder.decode(bytes(" \r\n\t" + good + "\n")));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsWhatIsNotAnObject(MessageDecoder<?> decoder) {
    for (String value : List.of("[]", "[{}]", "1", "1.5", "\"x\"", "null", "true", "false")) {
      refused(decoder.decode(bytes(value)), RejectReason.WRONG_TYPE);
    }
    for (String value : List.of(" ", "\n\t ", "x", "}", "'a'", "{'a':1}", "//", "{a:1}", "{,}")) {
      refused(decoder.decode(bytes(value)), RejectReason.MALFORMED_JSON);
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void acceptsUtf8WithOneByteOrderMark(MessageDecoder<?> decoder, String good) {
    ok(decoder.decode(join(MARK, bytes(good))));
    refused(decoder.decode(join(MARK, join(MARK, bytes(good)))), RejectReason.MALFORMED_JSON);
    refused(decoder.decode(MARK), RejectReason.MALFORMED_JSON);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsOtherEncodings(MessageDecoder<?> decoder, String good) {
    for (Charset charset :
        List.of(
            UTF_16,
            UTF_16BE,
            UTF_16LE,
            Charset.forName("UTF-32"),
            Charset.forName("UTF-32LE"),
            Charset.forName("X-UTF-32BE-BOM"))) {
      refused(decoder.decode(good.getBytes(charset)), RejectReason.MALFORMED_JSON);
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsBytesThatAreNotUtf8EvenInSkippedFields(MessageDecoder<?> decoder, String good) {
    byte[] head = bytes("{\"skipped\":\"");
    byte[] tail = bytes("\"," + good.substring(1));
    ok(decoder.decode(join(head, tail)));
    for (int[] bad :
        new int[][] {
          {0xFF},
          {0x80},
          {0xC0, 0x80},
          {0xE0, 0x80, 0x80},
          {0xED, 0xA0, 0x80},
          {0xF5, 0x80, 0x80},
          {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80},
          {0xC3},
          {0x00}
        }) {
      refused(decoder.decode(join(join(head, toBytes(bad)), tail)), RejectReason.MALFORMED_JSON);
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsDeepNesting(MessageDecoder<?> decoder, String good) {
    for (int depth : new int[] {16, 10_000, 400_000}) {
      String nested = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "," + good.substring(1);
      refused(decoder.decode(bytes(nested)), RejectReason.MALFORMED_JSON);
      refused(decoder.decode(bytes("{\"x\":".repeat(depth / 4))), RejectReason.MALFORMED_JSON);
    }
    ok(
        decoder.decode(
            bytes("{\"x\":" + "[".repeat(15) + "]".repeat(15) + "," + good.substring(1))));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rejectsNamesAndNumbersOfAbsurdLength(MessageDecoder<?> decoder, String good) {
    String tail = "," + good.substring(1);
    ok(decoder.decode(bytes("{\"" + "n".repeat(1_000) + "\":1" + tail)));
    refused(
        decoder.decode(bytes("{\"" + "n".repeat(1_100) + "\":1" + tail)),
        RejectReason.MALFORMED_JSON);
    refused(
        decoder.decode(bytes("{\"n\":" + "9".repeat(1_100) + tail)), RejectReason.MALFORMED_JSON);
    refused(
        decoder.decode(bytes("{\"n\":0." + "9".repeat(900_000) + tail)),
        RejectReason.MALFORMED_JSON);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void neverShowsMoreThanAPieceOfTheMessage(MessageDecoder<?> decoder) {
    refused(decoder.decode(bytes("{\"a\":" + "x".repeat(500_000))), RejectReason.MALFORMED_JSON);
    refused(decoder.decode(bytes("\u202e\u0007\u001b[31m")), RejectReason.MALFORMED_JSON);
    refused(decoder.decode(bytes("{\"a\"\u0085\u2028")), RejectReason.MALFORMED_JSON);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void takesTimeInProportionToTheMessage(MessageDecoder<?> decoder, String good) {
    Random random = new Random(1);
    String names =
        IntStream.range(0, 60_000)
            .mapToObj(i -> "\"" + Long.toString(random.nextLong(), 36) + "\":" + i % 10)
            .collect(Collectors.joining(","));
    List<String> hostile =
        List.of(
            "{" + names + "," + good.substring(1),
            "{\"fields\":{" + names + "},\"model\":\"lenient\"}",
            "{\"tags\":{" + names + "}," + good.substring(1),
            "{\"x\":[" + "1e9,".repeat(250_000) + "1]," + good.substring(1),
            "{\"x\":\"" + "\\u0000".repeat(150_000) + "\"," + good.substring(1));
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> hostile.forEach(message -> assertThat(decoder.decode(bytes(message))).isNotNull()));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void survivesRandomBytes(MessageDecoder<?> decoder) {
    Random random = new Random(2);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(64)];
      random.nextBytes(bytes);
      refusedAsEither(decoder.decode(bytes), RejectReason.MALFORMED_JSON, RejectReason.WRONG_TYPE);
    }
  }

  private static void refusedAsEither(Decoded<?> decoded, RejectReason reason, RejectReason other) {
    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    assertThat(((Decoded.Refused<?>) decoded).reason()).isIn(reason, other);
    Samples.assertIsOneSafeLine(((Decoded.Refused<?>) decoded).detail());
  }

  private static byte[] join(byte[] head, byte[] tail) {
    byte[] joined = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, joined, head.length, tail.length);
    return joined;
  }

  private static byte[] toBytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
