package io.tidewatch.cli.chaos;

import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.PoisonMessage;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Seeded readings of welding devices and API requests, in turn, in the order of their event times.
 * Every 40 s one device shakes and one endpoint fails for 15 s, so that alerts are due whose times
 * follow from the input. The same arguments give the same messages.
 */
final class ChaosInput {
  static final String MODEL = "welding";
  static final int PARTITIONS = 2;

  private static final int DEVICES = 40;
  private static final int ENDPOINTS = 20;
  private static final String SERVICE = "shop";
  private static final long BLOCK_MS = 40_000;
  private static final long TROUBLE_FROM_MS = 10_000;
  private static final long TROUBLE_UNTIL_MS = 25_000;
  static final long SILENT_FROM_MS = 20_000;
  static final long SILENT_UNTIL_MS = 80_000;
  private static final int ODD_ONE_IN = 20;

  /** Larger poison is a matter of the decoders' own tests; here it would be most of the bytes. */
  private static final int LARGEST_POISON_BYTES = 100_000;

  private final long seed;
  private final TelemetryModels models;
  private final Random random;
  private final long startMs;
  private final double perSecond;
  private final Twist twist;
  private final TelemetryCodec telemetryCodec;
  private final ApiLatencyCodec latencyCodec = new ApiLatencyCodec();
  private final List<PoisonMessage> telemetryPoison;
  private final List<PoisonMessage> latencyPoison;
  private long number;
  private int oddNumber;

  /**
   * @param startMs event time of the first record, milliseconds since the epoch
   * @param perSecond messages a second of event time, both kinds together
   */
  ChaosInput(long seed, long startMs, double perSecond, Twist twist, TelemetryModels models) {
    this.seed = seed;
    this.models = models;
    this.random = new Random(seed);
    this.startMs = startMs;
    this.perSecond = perSecond;
    this.twist = twist;
    this.telemetryCodec = new TelemetryCodec(models);
    this.telemetryPoison =
        small(PoisonMessage.ofTelemetry(MODEL, "vibration_mm_per_second", startMs));
    this.latencyPoison = small(PoisonMessage.ofApiLatency(startMs));
  }

  /**
   * A message, and the record in it; neither record when it must be refused.
   *
   * @param telemetry whether it belongs to the topic of telemetry, or to that of requests
   */
  record Message(
      boolean telemetry,
      int partition,
      byte @Nullable [] value,
      @Nullable DeviceTelemetry reading,
      @Nullable ApiLatency request) {

    boolean refused() {
      return reading == null && request == null;
    }
  }

  /** The same from its first message on. */
  ChaosInput again() {
    return new ChaosInput(seed, startMs, perSecond, twist, models);
  }

  /** The next message. */
  Message next() {
    boolean telemetry = number % 2 == 0;
    long ofKind = number / 2;
    long elapsedMs = (long) (number * 1000.0 / perSecond);
    number++;
    boolean odd = random.nextInt(ODD_ONE_IN) == 0;
    if (odd && twist == Twist.POISON) {
      return poison(telemetry, elapsedMs);
    }
    if (odd && twist == Twist.WRONG_CLOCK && telemetry) {
      return wrongClock(elapsedMs);
    }
    if (telemetry) {
      int device = (int) (ofKind % DEVICES);
      DeviceTelemetry reading = reading(device, elapsedMs);
      byte[] value = telemetryCodec.encode(reading);
      return new Message(true, partition(device, elapsedMs), value, reading, null);
    }
    int endpoint = (int) (ofKind % ENDPOINTS);
    ApiLatency request = request(endpoint, elapsedMs);
    byte[] value = latencyCodec.encode(request);
    return new Message(false, partition(endpoint, elapsedMs), value, null, request);
  }

  /** Whether no message of that time goes to the second partition. */
  private static boolean isSilent(long elapsedMs) {
    return elapsedMs >= SILENT_FROM_MS && elapsedMs < SILENT_UNTIL_MS;
  }

  private int partition(int source, long elapsedMs) {
    return twist == Twist.SILENT_PARTITION && isSilent(elapsedMs) ? 0 : source % PARTITIONS;
  }

  private DeviceTelemetry reading(int device, long elapsedMs) {
    boolean shakes = inTrouble(device, DEVICES, elapsedMs);
    double[] values = {
      170 + random.nextGaussian(),
      24 + 0.1 * random.nextGaussian(),
      40 + random.nextGaussian(),
      (shakes ? 16 : 2) + 0.2 * random.nextGaussian()
    };
    return new DeviceTelemetry(
        MODEL, "device-%02d".formatted(device), startMs + elapsedMs, values, Map.of(), null);
  }

  private ApiLatency request(int endpoint, long elapsedMs) {
    double errorShare = inTrouble(endpoint, ENDPOINTS, elapsedMs) ? 0.4 : 0.01;
    int status = random.nextDouble() < errorShare ? 503 : 200;
    return new ApiLatency(
        SERVICE,
        "/" + (char) ('a' + endpoint),
        "GET",
        status,
        Math.exp(3 + 0.5 * random.nextGaussian()),
        startMs + elapsedMs,
        null);
  }

  private static boolean inTrouble(int source, int sources, long elapsedMs) {
    long inBlockMs = elapsedMs % BLOCK_MS;
    return source == elapsedMs / BLOCK_MS % sources
        && inBlockMs >= TROUBLE_FROM_MS
        && inBlockMs < TROUBLE_UNTIL_MS;
  }

  private Message poison(boolean telemetry, long elapsedMs) {
    List<PoisonMessage> kinds = telemetry ? telemetryPoison : latencyPoison;
    int kind = oddNumber++ % kinds.size();
    return new Message(telemetry, partition(kind, elapsedMs), kinds.get(kind).value(), null, null);
  }

  /** Ten years ahead, year 9999, before the epoch, at the epoch, seconds for milliseconds. */
  private Message wrongClock(long elapsedMs) {
    long timeMs = startMs + elapsedMs;
    long[] times = {timeMs + 315_360_000_000L, 253_402_300_799_999L, -timeMs, 0, timeMs / 1000};
    DeviceTelemetry reading =
        new DeviceTelemetry(
            MODEL,
            "device-with-wrong-clock",
            times[oddNumber++ % times.length],
            new double[] {170, 24, 40, 2},
            Map.of(),
            null);
    byte[] value = telemetryCodec.encode(reading);
    return new Message(true, partition(oddNumber, elapsedMs), value, null, null);
  }

  private static List<PoisonMessage> small(List<PoisonMessage> all) {
    return all.stream()
        .filter(poison -> poison.value() == null || poison.value().length <= LARGEST_POISON_BYTES)
        .toList();
  }
}
