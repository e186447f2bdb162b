package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static io.tidewatch.schemas.codec.Samples.refused;
import static io.tidewatch.schemas.codec.Samples.telemetryWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryCodecTest {
  private static final String PREFIX =
      "{\"model\":\"host\",\"device_id\":\"d\",\"event_time_ms\":1,";

  private final TelemetryCodec codec = new TelemetryCodec(Samples.MODELS);

  @Test
  void decodesAllFieldsOfTheContract() {
    assertThat(ok(decode(Samples.TELEMETRY_JSON))).isEqualTo(Samples.telemetry());
  }

  @Test
  void encodesInCanonicalOrderAndLeavesOutWhatIsMissing() {
    assertThat(codec.encode(Samples.telemetry())).asString().isEqualTo(Samples.TELEMETRY_JSON);
    assertThat(codec.encode(bare(Double.NaN)))
        .asString()
        .isEqualTo("{\"model\":\"host\",\"device_id\":\"d\",\"event_time_ms\":1,\"fields\":{}}");
  }

  @Test
  void encodesTagsInTheOrderOfTheirKeys() {
    Map<String, String> tags = new HashMap<>();
    IntStream.range(10, 40).forEach(i -> tags.put("k" + i, "v" + i));
    var telemetry = new DeviceTelemetry("host", "d", 1, missing(), tags, null);
    String expected =
        IntStream.range(10, 40)
            .mapToObj(i -> "\"k%d\":\"v%d\"".formatted(i, i))
            .collect(Collectors.joining(",", "\"tags\":{", "}"));
    assertThat(codec.encode(telemetry)).asString().contains(expected);
    assertThat(ok(codec.decode(codec.encode(telemetry)))).isEqualTo(telemetry);
  }

  @Test
  void acceptsTheFieldsInAnyOrder() {
    List<String> members =
        List.of(
            "\"model\":\"host\"",
            "\"device_id\":\"web-1\"",
            "\"event_time_ms\":1700000000000",
            "\"fields\":{\"disk_percent\":-3,\"cpu_percent\":12.5}",
            "\"tags\":{\"site\":\"A\"}",
            "\"label\":\"1\"",
            "\"extra\":[{\"model\":\"no\"}]");
    List<List<String>> orders = permutations(members);
    assertThat(orders).hasSize(5040);
    for (List<String> order : orders) {
      assertThat(ok(decode("{" + String.join(",", order) + "}"))).isEqualTo(Samples.telemetry());
    }
  }

  @Test
  void roundTripsRandomRecordsBitByBit() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double[] values = {
        finite(random), random.nextBoolean() ? Double.NaN : random.nextGaussian(), finite(random)
      };
      var telemetry =
          new DeviceTelemetry(
              "host",
              "dévice-\uD83D\uDE00-" + random.nextInt(),
              random.nextLong(),
              values,
              random.nextBoolean() ? Map.of() : Map.of("k\u2028", "v'); DROP TABLE--"),
              random.nextBoolean() ? null : "anomaly");
      assertThat(ok(codec.decode(codec.encode(telemetry)))).isEqualTo(telemetry);
    }
  }

  @Test
  void treatsNullAndAbsentFieldsAsMissing() {
    DeviceTelemetry telemetry = ok(decode(PREFIX + "\"fields\":{\"cpu_percent\":null}}"));
    assertThat(telemetry.values()).containsExactly(Double.NaN, Double.NaN, Double.NaN);
    assertThat(telemetry.tags()).isEmpty();
    assertThat(telemetry.label()).isNull();
  }

  @Test
  void treatsNullTagsAndNullLabelAsAbsent() {
    assertThat(ok(decode(PREFIX + "\"fields\":{},\"tags\":null,\"label\":null}")))
        .isEqualTo(bare(Double.NaN));
  }

  @Test
  void ignoresUnknownFieldsWhateverTheyHold() {
    assertThat(
            ok(
                decode(
                    PREFIX
                        + "\"fields\":{\"cpu_percent\":1},\"x\":{\"fields\":[1,{}]},\"x\":true,"
                        + "\"z\":\"\\ud800\",\"\":1e999}")))
        .isEqualTo(bare(1));
  }

  @Test
  void skipsUnknownModelFieldsWhenTheModelIgnoresThem() {
    String message =
        "{\"model\":\"lenient\",\"device_id\":\"d\",\"event_time_ms\":1,"
            + "\"fields\":{\"no\":{\"a\":[1]},\"amperes\":2,\"no\":\"x\",\"volts\":1}}";
    assertThat(ok(decode(message)).values()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 253_402_300_800_000L, Long.MAX_VALUE})
  void leavesThePlausibilityOfTheEventTimeToTheClockGuard(long eventTimeMs) {
    DeviceTelemetry telemetry =
        ok(decode(telemetryWith("event_time_ms", Long.toString(eventTimeMs))));
    assertThat(telemetry.eventTimeMs()).isEqualTo(eventTimeMs);
  }

  @Test
  void roundsANumberBelowDoubleToZero() {
    String message = telemetryWith("fields", "{\"cpu_percent\":1e-400}");
    assertThat(ok(decode(message)).values()[0]).isZero();
  }

  @Test
  void countsTheLengthOfTextInCharactersNotInChars() {
    String longest = "\uD83D\uDE00".repeat(256);
    assertThat(ok(decode(telemetryWith("device_id", "\"" + longest + "\""))).deviceId())
        .isEqualTo(longest);
    refused(decode(telemetryWith("device_id", "\"" + longest + "x\"")), RejectReason.INVALID_TEXT);
    String tags = "{\"%s\":\"%s\"}".formatted(longest, longest);
    assertThat(ok(decode(telemetryWith("tags", tags))).tags())
        .containsExactly(Map.entry(longest, longest));
  }

  @Test
  void keepsTextThatOnlyLooksDangerous() {
    for (String text : List.of("x'); DROP TABLE--", "%s ${x} `;.", "\u0430dmin", "\u007f<img>")) {
      assertThat(ok(decode(telemetryWith("device_id", "\"" + text + "\""))).deviceId())
          .isEqualTo(text);
    }
  }

  @Test
  void isSerializableSoThatItTravelsWithTheJob() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(codec);
    }
    try (var objects = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      TelemetryCodec copy = (TelemetryCodec) objects.readObject();
      assertThat(ok(copy.decode(bytes(Samples.TELEMETRY_JSON)))).isEqualTo(Samples.telemetry());
    }
  }

  @Test
  void refusesToEncodeWhatIsNoRecord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(bare(Double.POSITIVE_INFINITY)))
        .withMessage("cpu_percent: must be finite, was Infinity");
    var short1 = new DeviceTelemetry("host", "d", 1, new double[1], Map.of(), null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(short1))
        .withMessage("values: must be 3, was 1");
  }

  @Test
  void refusesALimitThatAdmitsNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TelemetryCodec(Samples.MODELS, 0))
        .withMessage("max_message_bytes: must be ≥ 1, was 0");
  }

  private Decoded<DeviceTelemetry> decode(String message) {
    return codec.decode(bytes(message));
  }

  private static DeviceTelemetry bare(double cpuPercent) {
    double[] values = missing();
    values[0] = cpuPercent;
    return new DeviceTelemetry("host", "d", 1, values, Map.of(), null);
  }

  private static double[] missing() {
    return new double[] {Double.NaN, Double.NaN, Double.NaN};
  }

  private static double finite(Random random) {
    double value;
    do {
      value = Double.longBitsToDouble(random.nextLong());
    } while (!Double.isFinite(value));
    return value;
  }

  private static <T> List<List<T>> permutations(List<T> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> all = new ArrayList<>();
    for (T first : items) {
      List<T> others = new ArrayList<>(items);
      others.remove(first);
      for (List<T> tail : permutations(others)) {
        List<T> order = new ArrayList<>(List.of(first));
        order.addAll(tail);
        all.add(order);
      }
    }
    return all;
  }
}
