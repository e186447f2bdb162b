package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.OutlierRule;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jol.info.GraphLayout;

/** Estimates against the objects of a series that runs. */
class StateEstimateTest {
  /** Of the size: what is rounded to capacities of lists and to what lambdas hold. */
  private static final double CLOSE = 0.05;

  private static final int RECORDS_A_PANE = 300;
  private static final EndpointKey ENDPOINT = new EndpointKey("shop", "/a", "GET");
  private static final DeviceKey DEVICE = new DeviceKey("kiln", "k1");

  static {
    System.setProperty("jol.magicFieldOffset", "true"); // records and lambdas hide theirs
    System.setProperty("jol.skipDynamicAttach", "true"); // what it would tell is as it guesses
  }

  private final Random random = new Random(5);

  @ParameterizedTest
  @CsvSource({
    "PT1M, PT5S, PT5S, PT0S, 10",
    "PT10S, PT1S, PT5S, PT0S, 4",
    "PT1H, PT5M, PT0S, PT0S, 19",
    "PT1M, PT5S, PT5S, PT10M, 10",
    "PT10M, PT5S, PT2S, PT0S, 1",
    "PT5S, PT5S, PT5S, PT0S, 3"
  })
  void aDeviceTakesWhatIsEstimated(
      Duration size, Duration slide, Duration disorder, Duration lateness, int fields) {
    FeatureAggregate aggregate = features(new WindowSpec(size, slide), fields);
    StateEstimate estimate =
        StateEstimate.of(aggregate, DEVICE, disorder, lateness, Duration.ofMinutes(5));

    long real =
        largest(
            aggregate,
            DEVICE,
            lateness,
            disorder,
            timeMs ->
                new DeviceTelemetry(
                    "kiln",
                    "k1",
                    timeMs,
                    random.doubles(fields, 0, 100).toArray(),
                    Map.of(),
                    null));

    assertClose(real, estimate.heap().typical());
    assertThat(real).isLessThanOrEqualTo(estimate.heap().worst());
  }

  @ParameterizedTest
  @CsvSource({
    "PT1M, PT5S, PT5S, PT0S",
    "PT10S, PT1S, PT5S, PT0S",
    "PT1M, PT5S, PT5S, PT10M",
    "PT10M, PT5S, PT2S, PT0S"
  })
  void anEndpointTakesWhatIsEstimated(
      Duration size, Duration slide, Duration disorder, Duration lateness) {
    LatencyAggregate aggregate = new LatencyAggregate(new WindowSpec(size, slide));
    StateEstimate estimate =
        StateEstimate.of(aggregate, ENDPOINT, disorder, lateness, Duration.ofMinutes(5));

    // From 1 ms to 10 s in each pane.
    long ordinary =
        largest(
            aggregate,
            ENDPOINT,
            lateness,
            disorder,
            timeMs -> request(timeMs, between(0, 4), traceId()));
    assertClose(ordinary, estimate.heap().typical());

    // From a nanosecond to three years, which is what bins are for, and all that a double can be.
    StateEstimate withoutFastClocks =
        StateEstimate.of(aggregate, ENDPOINT, disorder, lateness, Duration.ZERO);
    long absurd =
        largest(
            aggregate,
            ENDPOINT,
            lateness,
            disorder,
            timeMs ->
                request(
                    timeMs,
                    random.nextBoolean() ? between(-6, 11) : between(-307, 308),
                    "\u20ac".repeat(32) + traceId()));
    assertClose(absurd, withoutFastClocks.heap().worst());
    assertThat(absurd).isLessThanOrEqualTo(estimate.heap().worst());
  }

  @Test
  void countsPanesOfTheWindowTheLatenessTheDisorderAndFastClocks() {
    LatencyAggregate aggregate =
        new LatencyAggregate(new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(5)));
    StateEstimate estimate =
        StateEstimate.of(
            aggregate,
            ENDPOINT,
            Duration.ofSeconds(7),
            Duration.ofSeconds(11),
            Duration.ofMinutes(5));

    assertThat(estimate.inWindow()).isEqualTo(12);
    assertThat(estimate.lateness()).isEqualTo(3);
    assertThat(estimate.disorder()).isEqualTo(2);
    assertThat(estimate.ahead()).isEqualTo(60);
    assertThat(estimate.panes()).isEqualTo(17);
    assertThat(estimate.panesAtWorst()).isEqualTo(77);
    assertThat(estimate.resultsPerSecond()).isEqualTo(0.2);
    assertThat(estimate.rowsPerDay(1000)).isEqualTo(17_280_000);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 6", "5, 6", "100, 3", "1000, 19"})
  void aPaneOfPointsTakesWhatIsEstimated(int points, int fields) {
    TelemetryModel cleaned =
        new TelemetryModel(
            "kiln",
            "",
            named(fields),
            UnknownFields.REJECT,
            OutOfRange.MISSING,
            new PointWindowSpec(2 * points, points, Duration.ofDays(1)),
            Collections.nCopies(fields, new Cleaning(MissingValues.MEAN, OutlierRule.NONE)),
            TelemetryModel.DEFAULT_FEATURES,
            ZoneOffset.UTC);
    FeatureAggregate aggregate = new FeatureAggregate(TelemetryModels.of(List.of(cleaned)));
    DevicePane pane = aggregate.create(DEVICE);
    for (int i = 0; i < points; i++) {
      pane.add(i, random.doubles(fields).toArray());
    }
    assertThat(aggregate.paneBytes(DEVICE))
        .isEqualTo(HeapBytes.always(GraphLayout.parseInstance(pane).totalSize()));
  }

  private static void assertClose(long real, long estimated) {
    assertThat((double) real / estimated)
        .as("%d bytes, estimated %d", real, estimated)
        .isCloseTo(1, within(CLOSE));
  }

  /** Most that a series held while its windows moved over some lengths of them, in bytes. */
  private static <K, I, A, R> long largest(
      WindowAggregate<K, I, A, R> aggregate,
      K key,
      Duration lateness,
      Duration disorder,
      LongFunction<I> record) {
    SlidingWindows<K, I, A, R> windows = new SlidingWindows<>(aggregate, lateness);
    WindowSpec spec = aggregate.window(key);
    long paneCount = 3 * (spec.sizeMs() + lateness.toMillis()) / spec.slideMs() + 3;
    long shared = GraphLayout.parseInstance(aggregate, key).totalSize();
    long keptMs = spec.sizeMs() + lateness.toMillis();
    Panes<A> panes = new Panes<>();
    long largest = 0;
    long nextEndMs = spec.slideMs();
    for (long pane = 0; pane < paneCount; pane++) {
      for (int i = 0; i < RECORDS_A_PANE; i++) {
        long timeMs = pane * spec.slideMs() + i * spec.slideMs() / RECORDS_A_PANE;
        while (nextEndMs <= timeMs - disorder.toMillis()) {
          windows.fire(key, panes, nextEndMs);
          windows.advance(key, panes, nextEndMs);
          nextEndMs += spec.slideMs();
        }
        windows.add(key, panes, record.apply(timeMs), timeMs);
        if (lateness.toMillis() > 0 && pane == 2 && i == 0) {
          panes.addLate(0, 1);
        }
      }
      // The window that ended last has come to a new block, and the arrays have grown.
      long lastEndMs = nextEndMs - spec.slideMs();
      if (pane * spec.slideMs() > 2 * keptMs && (lastEndMs - spec.slideMs()) % spec.sizeMs() == 0) {
        largest = Math.max(largest, GraphLayout.parseInstance(panes, aggregate, key).totalSize());
      }
    }
    return largest - shared;
  }

  private double between(int leastPower, int greatestPower) {
    return Math.pow(10, leastPower + random.nextDouble() * (greatestPower - leastPower));
  }

  private static ApiLatency request(long timeMs, double durationMs, String traceId) {
    return new ApiLatency("shop", "/a", "GET", 200, durationMs, timeMs, traceId);
  }

  /** As W3C has them. */
  private String traceId() {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }

  private static FeatureAggregate features(WindowSpec window, int fields) {
    return new FeatureAggregate(
        TelemetryModels.of(
            List.of(
                new TelemetryModel(
                    "kiln", "", named(fields), UnknownFields.REJECT, OutOfRange.MISSING, window))));
  }

  private static List<TelemetryField> named(int fields) {
    return IntStream.range(0, fields)
        .mapToObj(i -> new TelemetryField("f" + i, "1", Double.NEGATIVE_INFINITY, 1e300))
        .toList();
  }
}
