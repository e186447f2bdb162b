package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.ok;
import static io.tidewatch.schemas.codec.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What Avro's own library wrote of a record is the record that JSON makes of it. */
class AvroRoundTripTest {
  private static final int RECORDS = 20_000;
  private static final int MUTATIONS = 100_000;
  private static final List<String> TEXTS =
      List.of(
          "a", "shop", "/orders/{id}", "Köln", "\ud83d\ude00", "x".repeat(200), "ü".repeat(256));

  private static final byte[] GOOD_LATENCY =
      AvroSamples.message(AvroSamples.generic(Samples.latency()));
  private static final byte[] GOOD_TELEMETRY =
      AvroSamples.message(AvroSamples.generic(Samples.telemetry()));

  private final MessageDecoder<ApiLatency> latency =
      AvroSamples.latencyDecoder(AvroSamples.LATENCY);
  private final MessageDecoder<DeviceTelemetry> telemetry =
      AvroSamples.telemetryDecoder(AvroSamples.TELEMETRY);

  @Test
  void latencyOfAvrosOwnWriterIsThatOfJson() {
    Random random = new Random(21);
    ApiLatencyCodec json = new ApiLatencyCodec();
    MessageEncoder<ApiLatency> encoder = new ApiLatencyAvroEncoder(AvroSamples.ID);
    for (int i = 0; i < RECORDS; i++) {
      ApiLatency record = latency(random);
      byte[] message = AvroSamples.message(AvroSamples.generic(record));
      ApiLatency decoded = ok(latency.decode(message));
      if (!decoded.equals(ok(json.decode(json.encode(record))))
          || !Arrays.equals(encoder.encode(record), message)) {
        fail("must be read and written like that, was %s, then %s", record, decoded);
      }
    }
  }

  @Test
  void telemetryOfAvrosOwnWriterIsThatOfJson() {
    Random random = new Random(22);
    TelemetryCodec json = new TelemetryCodec(Samples.MODELS);
    MessageEncoder<DeviceTelemetry> encoder =
        new TelemetryAvroEncoder(Samples.MODELS, AvroSamples.ID);
    for (int i = 0; i < RECORDS; i++) {
      DeviceTelemetry record = telemetry(random);
      DeviceTelemetry expected = ok(json.decode(json.encode(record)));
      DeviceTelemetry decoded =
          ok(telemetry.decode(AvroSamples.message(AvroSamples.generic(record))));
      if (!decoded.equals(expected)
          || !ok(telemetry.decode(encoder.encode(record))).equals(expected)) {
        fail("must be %s, was %s", expected, decoded);
      }
    }
  }

  @Test
  void aMessageThatIsCutAnywhereIsRefused() {
    assertRefusedWhenCut(latency, GOOD_LATENCY);
    assertRefusedWhenCut(telemetry, GOOD_TELEMETRY);
  }

  @Test
  void mutatedMessagesAreDecodedOrRefused() {
    assertThat(decodedOf(latency, GOOD_LATENCY, 23)).isBetween(1_000, 90_000);
    assertThat(decodedOf(telemetry, GOOD_TELEMETRY, 24)).isBetween(1_000, 90_000);
  }

  @Test
  void randomBytesAreDecodedOrRefused() {
    Random random = new Random(25);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = new byte[random.nextInt(60)];
      random.nextBytes(body);
      judged(latency.decode(AvroSamples.framed(AvroSamples.ID, body)));
      judged(telemetry.decode(AvroSamples.framed(AvroSamples.ID, body)));
    }
  }

  @Test
  void namesThatRepeatAreOneObjectWhateverTheFormat() {
    ApiLatency one = ok(latency.decode(GOOD_LATENCY));
    ApiLatency other = ok(new ApiLatencyCodec().decode(Samples.bytes(Samples.LATENCY_JSON)));
    assertThat(one.endpoint()).isSameAs(other.endpoint());
    assertThat(one.service()).isSameAs(other.service());
  }

  @Test
  void encodersWriteNothingThatWouldBeRefused() {
    MessageEncoder<DeviceTelemetry> encoder = new TelemetryAvroEncoder(Samples.MODELS, 1);
    double[] infinite = {1, Double.POSITIVE_INFINITY, 2};
    assertThatThrownBy(() -> encoder.encode(of("host", infinite)))
        .hasMessage("memory_percent: must be finite, was Infinity");
    assertThatThrownBy(() -> encoder.encode(of("host", new double[2])))
        .hasMessage("values: must be 3, was 2");
    assertThatThrownBy(() -> encoder.encode(of("toaster", new double[2])))
        .hasMessageContaining("was toaster");
  }

  @Test
  void ourSchemasSayWhatTheFieldsMeanAndHaveDefaultsForWhatIsOptional() {
    for (Schema schema : List.of(AvroSamples.LATENCY, AvroSamples.TELEMETRY)) {
      assertThat(schema.getFields()).allSatisfy(field -> assertThat(field.doc()).endsWith("."));
    }
    assertThat(AvroSamples.LATENCY.getFields().stream().filter(Schema.Field::hasDefaultValue))
        .extracting(Schema.Field::name)
        .containsExactly("trace_id");
    assertThat(AvroSamples.TELEMETRY.getFields().stream().filter(Schema.Field::hasDefaultValue))
        .extracting(Schema.Field::name)
        .containsExactly("tags", "label");
  }

  private static void assertRefusedWhenCut(MessageDecoder<?> decoder, byte[] good) {
    for (int length = 1; length < good.length; length++) {
      refused(decoder.decode(Arrays.copyOf(good, length)), RejectReason.MALFORMED_AVRO);
    }
  }

  private static DeviceTelemetry of(String model, double[] values) {
    return new DeviceTelemetry(model, "d", 1, values, Map.of(), null);
  }

  /** How many of the mutated messages were still good. */
  private static int decodedOf(MessageDecoder<?> decoder, byte[] good, long seed) {
    Random random = new Random(seed);
    int decoded = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] message = good.clone();
      for (int change = 0; change <= random.nextInt(3); change++) {
        int at = random.nextInt(message.length);
        switch (random.nextInt(4)) {
          case 0 -> message[at] = (byte) random.nextInt(256);
          case 1 -> message[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> message = Arrays.copyOf(message, Math.max(1, at));
          default -> {
            int to = random.nextInt(message.length);
            message[to] = message[at];
          }
        }
      }
      decoded += judged(decoder.decode(message)) ? 1 : 0;
    }
    return decoded;
  }

  private static boolean judged(Decoded<?> decoded) {
    if (decoded instanceof Decoded.Refused<?> refused) {
      Samples.assertIsOneSafeLine(refused.detail());
      return false;
    }
    return true;
  }

  private static ApiLatency latency(Random random) {
    return new ApiLatency(
        text(random),
        text(random),
        random.nextBoolean() ? "GET" : "PROPPATCH",
        100 + random.nextInt(500),
        Math.abs(Double.longBitsToDouble(random.nextLong() & ~(1L << 62))),
        random.nextLong(),
        random.nextBoolean() ? null : "4bf92f3577b34da6a3ce929d0e0e4736");
  }

  private static DeviceTelemetry telemetry(Random random) {
    boolean host = random.nextBoolean();
    double[] values = new double[host ? 3 : 2];
    Arrays.setAll(values, i -> random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian() * 1e9);
    Map<String, String> tags = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.put(text(random), text(random));
    }
    return new DeviceTelemetry(
        host ? "host" : "lenient",
        text(random),
        random.nextLong(),
        values,
        tags,
        random.nextBoolean() ? null : text(random));
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
