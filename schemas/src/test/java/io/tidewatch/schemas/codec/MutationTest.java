package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Good messages with a few bytes changed: each is decoded or refused, and what is decoded lasts.
 */
class MutationTest {
  private static final int MESSAGES = 100_000;

  /** Pieces that meet the rules more often than random bytes do. */
  private static final List<String> PIECES =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "NaN",
          "-",
          "0",
          "9",
          "1e400",
          ".",
          "e",
          "\\u0000",
          "\\ud800",
          "\\udc00",
          "\\",
          "\u0000",
          "\n",
          "\ud83d\ude00",
          "\ufeff",
          "\"fields\":{",
          "\"model\":\"lenient\",",
          "\"tags\":{\"a\":\"b\"},",
          "\"cpu_percent\":1,",
          "\"status\":503,",
          "\"label\":null,",
          "\"x\":",
          "true",
          " ");

  @Test
  void telemetryIsDecodedOrRefused() {
    TelemetryCodec codec = new TelemetryCodec(Samples.MODELS);
    Function<DeviceTelemetry, byte[]> encode = codec::encode;
    assertThat(decodedOf(codec, encode, Samples.TELEMETRY_JSON, 11)).isBetween(1_000, 90_000);
  }

  @Test
  void latencyIsDecodedOrRefused() {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    Function<ApiLatency, byte[]> encode = codec::encode;
    assertThat(decodedOf(codec, encode, Samples.LATENCY_JSON, 12)).isBetween(1_000, 90_000);
  }

  @Test
  void alertsAreDecodedOrRefused() {
    AlertEventCodec codec = new AlertEventCodec();
    Function<AlertEvent, byte[]> encode = codec::encode;
    assertThat(decodedOf(codec, encode, Samples.ALERT_JSON, 13)).isBetween(1_000, 90_000);
  }

  /** How many of the mutated messages were still good. */
  private static <T> int decodedOf(
      MessageDecoder<T> decoder, Function<T, byte[]> encode, String good, long seed) {
    Random random = new Random(seed);
    int decoded = 0;
    for (int i = 0; i < MESSAGES; i++) {
      byte[] message = bytes(good);
      for (int change = 0; change <= random.nextInt(3); change++) {
        message = mutated(message, random);
      }
      Decoded<T> result = decoder.decode(message);
      if (result instanceof Decoded.Ok<T> kept) {
        decoded++;
        T again = ok(decoder.decode(encode.apply(kept.value())));
        if (!again.equals(kept.value())) {
          fail("must survive a round trip, was %s, then %s", kept.value(), again);
        }
      } else if (result instanceof Decoded.Refused<T> refused) {
        Samples.assertIsOneSafeLine(refused.detail());
      }
    }
    return decoded;
  }

  private static byte[] mutated(byte[] message, Random random) {
    int at = random.nextInt(message.length);
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] changed = message.clone();
        changed[at] = (byte) random.nextInt(256);
        return changed;
      }
      case 1 -> {
        return spliced(message, at, at + 1 + random.nextInt(4), new byte[0]);
      }
      case 2 -> {
        byte[] piece = bytes(PIECES.get(random.nextInt(PIECES.size())));
        return spliced(message, at, at + random.nextInt(2), piece);
      }
      default -> {
        int to = Math.min(message.length, at + 1 + random.nextInt(40));
        return spliced(message, at, at, Arrays.copyOfRange(message, at, to));
      }
    }
  }

  private static byte[] spliced(byte[] message, int from, int to, byte[] piece) {
    int end = Math.min(to, message.length);
    byte[] result = new byte[message.length - (end - from) + piece.length];
    System.arraycopy(message, 0, result, 0, from);
    System.arraycopy(piece, 0, result, from, piece.length);
    System.arraycopy(message, end, result, from + piece.length, message.length - end);
    return result;
  }
}
