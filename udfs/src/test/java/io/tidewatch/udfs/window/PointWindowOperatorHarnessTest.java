package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.feature.DevicePoints;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.OutlierAction;
import io.tidewatch.schemas.model.OutlierMethod;
import io.tidewatch.schemas.model.OutlierRule;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.testkit.FeatureOracle;
import io.tidewatch.testkit.PointWindowOracle;
import io.tidewatch.udfs.KeyedRun;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PointWindowOperatorHarnessTest {
  static final OutputTag<DeviceTelemetry> LATE =
      new OutputTag<>("late", TypeInformation.of(DeviceTelemetry.class));
  static final int RECORDS = 700;
  private static final int DEVICES = 4;
  private static final int DISORDER_MS = 60;
  private static final int FORGET_MS = 1_500;

  /** A record as it comes, and the watermark behind it. */
  record Arrival(DeviceTelemetry record, long watermarkMs, boolean late) {}

  @Test
  void tellsAWindowWhenTheWatermarkHasPassedItsLastPoint() throws Exception {
    try (var run = start(spec(3, 2))) {
      run.add(reading("d", 1_003, 3), 1_003);
      run.add(reading("d", 1_001, 1), 1_001);
      run.watermark(1_002);
      run.add(reading("d", 1_005, 5), 1_005);
      run.watermark(1_004);
      assertThat(run.results()).isEmpty();
      run.watermark(1_005);
      assertThat(run.results())
          .containsExactly(
              new FeatureVector("m", "d", 1_001, 1_006, 3, new double[] {3, 2, 1, 5, 3, 0, 0, 0}));
      assertThat(run.resultTimesMs()).containsExactly(1_005L);
      assertThat(run.counter("tidewatch.windows_total")).isOne();
    }
  }

  @Test
  void countsWhatCleaningDidToTheValuesOfItsRows() throws Exception {
    Cleaning cleaning =
        new Cleaning(
            MissingValues.FORWARD_FILL,
            new OutlierRule(OutlierMethod.CLIP, 0.25, OutlierAction.REMOVE));
    try (var run = start(operator(spec(4, 2), cleaning, 100))) {
      double[] values = {1, 2, 3, 9, Double.NaN, 4};
      for (int i = 0; i < values.length; i++) {
        run.add(reading("d", 1_000 + i, values[i]), 1_000 + i);
      }
      run.watermark(2_000);
      // 1 2 3 9 → _ 2 3 3; 3 9 _ 4 → _ _ _ 4
      assertThat(run.results())
          .extracting(vector -> vector.features()[0])
          .containsExactly(8 / 3.0, 4.0);
      assertThat(run.counter("tidewatch.outliers_removed_total")).isEqualTo(4);
      assertThat(run.counter("tidewatch.imputed_total")).isEqualTo(1);
      assertThat(run.counter("tidewatch.outliers_marked_total")).isZero();
    }
  }

  @Test
  void aRecordAtOrBehindTheWatermarkGoesAsideAlsoRightAfterARestart() throws Exception {
    try (var run = start(spec(2, 2))) {
      run.add(reading("d", 1_000, 1), 1_000);
      run.watermark(1_000);
      run.add(reading("d", 1_000, 2), 1_000);
      run.add(reading("d", 1_001, 3), 1_001);
      run.restart(operator(spec(2, 2)), 2);
      run.add(reading("d", 999, 4), 999);
      run.add(reading("d", 1_000, 5), 1_000);
      run.add(reading("new", 1_000, 6), 1_000);
      run.watermark(2_000);

      assertThat(run.side(LATE))
          .extracting(record -> record.values()[0])
          .containsExactlyInAnyOrder(2.0, 4.0, 5.0, 6.0);
      assertThat(run.counter("tidewatch.late_total")).isEqualTo(4);
      assertThat(run.results()).hasSize(1).allMatch(vector -> vector.features()[0] == 2);
    }
  }

  @Test
  void recordsWaitInFrontOfTheStateUntilABarrier() throws Exception {
    try (var run = start(spec(3, 3))) {
      run.add(reading("d", 100, 1), 100);
      run.add(reading("d", 100, 2), 100);
      run.add(reading("d", 200, 3), 200);
      assertThat(run.timers()).isZero();
      assertThat(run.stateEntries()).isZero();
      run.barrier();
      assertThat(run.timers()).as("one for each time that waits").isEqualTo(2);
      run.watermark(150);
      assertThat(run.timers()).as("one of the time, one of the silence").isEqualTo(2);
      run.watermark(200);
      assertThat(run.timers()).isOne();
      assertThat(run.stateEntries()).as("only the series").isOne();
      assertThat(run.results()).hasSize(1);
    }
  }

  @Test
  void whatWaitsOnBothSidesOfABarrierKeepsItsOrder() throws Exception {
    try (var run = start(spec(2, 2))) {
      run.add(reading("d", 100, 1), 100);
      run.add(reading("d", 300, 3), 300);
      run.barrier();
      run.add(reading("d", 200, 2), 200);
      run.add(reading("d", 300, 3.5), 300);
      run.watermark(300);
      assertThat(run.results())
          .extracting(vector -> vector.features()[0])
          .containsExactly(1.5, 3.25);
    }
  }

  @Test
  void forgetsADeviceThatFellSilentAndCountsWhatItDropped() throws Exception {
    try (var run = start(spec(4, 2))) {
      for (int i = 1; i <= 5; i++) {
        run.add(reading("d", i, i), i);
      }
      run.watermark(FORGET_MS);
      assertThat(run.stateEntries()).isOne();
      run.watermark(2 * FORGET_MS + 5);
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
      assertThat(run.counter("tidewatch.points_dropped_total")).isOne();

      long backMs = 3 * FORGET_MS;
      for (int i = 1; i <= 3; i++) {
        run.add(reading("d", backMs + i, i), backMs + i);
      }
      run.watermark(backMs + 3);
      assertThat(run.results()).as("three points begin a new count").hasSize(1);
    }
  }

  @Test
  void aSilenceEndsASeriesWhetherOrNotTheStateWasClearedBefore() throws Exception {
    try (var run = start(spec(2, 2))) {
      run.add(reading("d", 1, 1), 1);
      run.add(reading("d", 1 + FORGET_MS, 2), 1 + FORGET_MS);
      run.add(reading("d", FORGET_MS, 3), FORGET_MS);
      run.add(reading("e", 1, 1), 1);
      run.add(reading("e", 1 + FORGET_MS, 2), 1 + FORGET_MS);
      run.add(reading("e", 2 + FORGET_MS, 3), 2 + FORGET_MS);
      run.watermark(2 + FORGET_MS);
      assertThat(run.results())
          .extracting(vector -> vector.deviceId() + vector.features()[0])
          .containsExactlyInAnyOrder("d2.0", "e2.5");
      assertThat(run.counter("tidewatch.points_dropped_total")).isOne();
    }
  }

  @Test
  void aLateRecordOfAnUnknownDeviceLeavesNothingBehind() throws Exception {
    try (var run = start(spec(1, 1))) {
      run.watermark(60_000);
      run.add(reading("d", 60_000, 1), 60_000);
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
    }
  }

  @Test
  void aDrainedJobThatGoesOnTakesRecordsAgain() throws Exception {
    try (var run = start(spec(1, 1))) {
      run.add(reading("d", 1_000, 1), 1_000);
      run.watermark(Long.MAX_VALUE);
      assertThat(run.stateEntries()).isZero();
      run.restart(operator(spec(1, 1)), 1);
      run.add(reading("d", 2_000, 2), 2_000);
      run.watermark(2_000);
      assertThat(run.side(LATE)).isEmpty();
      assertThat(run.results()).hasSize(2);
    }
  }

  @Test
  void changedWindowsBeginAnew() throws Exception {
    try (var run = start(spec(3, 1))) {
      for (int i = 1; i <= 4; i++) {
        run.add(reading("d", i, i), i);
      }
      run.watermark(4);
      run.restart(operator(spec(2, 2)), 1);
      run.add(reading("d", 5, 5), 5);
      run.add(reading("d", 6, 6), 6);
      run.watermark(6);
      assertThat(run.results()).extracting(FeatureVector::records).containsExactly(3L, 3L, 2L);
    }
  }

  static Stream<Arguments> streams() {
    return Stream.of(spec(1, 1), spec(8, 4), spec(9, 6), spec(20, 1), spec(10, 3))
        .flatMap(spec -> LongStream.range(0, 6).mapToObj(seed -> Arguments.of(spec, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  void computesWhatANaiveProgramComputes(PointWindowSpec spec, long seed) throws Exception {
    List<Arrival> arrivals = arrivals(seed);
    try (var run = start(spec)) {
      feed(run, arrivals);
      run.watermark(Long.MAX_VALUE);

      List<DeviceTelemetry> late =
          arrivals.stream().filter(Arrival::late).map(Arrival::record).toList();
      assertThat(late).as("the stream should have some late records").isNotEmpty();
      assertThat(run.side(LATE)).isEqualTo(late);
      assertThat(run.counter("tidewatch.late_total")).isEqualTo(late.size());
      assertThat(run.counter("tidewatch.windows_total")).isEqualTo(run.results().size());
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();

      List<DeviceTelemetry> points =
          arrivals.stream()
              .filter(arrival -> !arrival.late())
              .map(Arrival::record)
              .collect(Collectors.toCollection(ArrayList::new));
      Map<String, List<FeatureVector>> results = byDevice(run.results());
      IdentityHashMap<DeviceTelemetry, Boolean> told = new IdentityHashMap<>();
      Map<String, List<DeviceTelemetry>> devices =
          points.stream().collect(Collectors.groupingBy(DeviceTelemetry::deviceId));
      devices.forEach(
          (device, records) -> {
            var expected = oracle(records, spec);
            expected.forEach(window -> window.records().forEach(r -> told.put(r, true)));
            List<FeatureVector> actual = results.getOrDefault(device, List.of());
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.size(); i++) {
              check(actual.get(i), expected.get(i));
            }
            assertThat(actual.stream().map(FeatureVector::windowEndMs).toList())
                .as("no two windows have one natural key, and alerts see each")
                .isEqualTo(
                    new ArrayList<>(
                        actual.stream()
                            .map(FeatureVector::windowEndMs)
                            .collect(Collectors.toCollection(TreeSet::new))));
          });
      assertThat(told.size() + run.counter("tidewatch.points_dropped_total"))
          .as("each record is late, in a window, or dropped")
          .isEqualTo(points.size());
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  void disorderWithinTheBoundChangesNothing(PointWindowSpec spec, long seed) throws Exception {
    List<DeviceTelemetry> records = arrivals(seed).stream().map(Arrival::record).toList();
    Map<String, List<FeatureVector>> first = null;
    for (long permutation = 0; permutation < 4; permutation++) {
      List<Arrival> arrivals = permuted(records, permutation);
      try (var run = start(spec)) {
        feed(run, arrivals);
        run.watermark(Long.MAX_VALUE);
        assertThat(run.side(LATE)).isEmpty();
        if (first == null) {
          first = byDevice(run.results());
        }
        assertThat(byDevice(run.results())).isEqualTo(first).isNotEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  void sizeOfTheBufferAndBarriersChangeNothing(PointWindowSpec spec, long seed) throws Exception {
    List<Arrival> arrivals = arrivals(seed);
    try (var run = start(spec)) {
      feed(run, arrivals);
      run.watermark(Long.MAX_VALUE);
      for (int maxBuffered : new int[] {1, 7}) {
        Random random = new Random(seed);
        try (var other = start(operator(spec, Cleaning.NONE, maxBuffered))) {
          for (Arrival arrival : arrivals) {
            feed(other, List.of(arrival));
            if (random.nextInt(20) == 0) {
              other.barrier();
            }
          }
          other.watermark(Long.MAX_VALUE);
          assertThat(byDevice(other.results())).isEqualTo(byDevice(run.results()));
          assertThat(other.side(LATE)).isEqualTo(run.side(LATE));
          assertThat(other.counter("tidewatch.points_dropped_total"))
              .isEqualTo(run.counter("tidewatch.points_dropped_total"));
          assertThat(other.stateEntries()).isZero();
          assertThat(other.timers()).isZero();
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  void restartsAndOtherParallelismsChangeNothing(PointWindowSpec spec, long seed) throws Exception {
    List<Arrival> arrivals = arrivals(seed);
    try (var run = start(spec);
        var restarted = start(spec)) {
      feed(run, arrivals);
      run.watermark(Long.MAX_VALUE);

      Random random = new Random(seed);
      int from = 0;
      for (int until : random.ints(4, 0, RECORDS).sorted().toArray()) {
        feed(restarted, arrivals.subList(from, until));
        restarted.restart(operator(spec), 1 + random.nextInt(3));
        from = until;
      }
      feed(restarted, arrivals.subList(from, RECORDS));
      restarted.restart(operator(spec), 1);
      restarted.watermark(Long.MAX_VALUE);

      assertThat(byDevice(restarted.results())).isEqualTo(byDevice(run.results()));
      assertThat(restarted.side(LATE)).containsExactlyInAnyOrderElementsOf(run.side(LATE));
      for (String counter : List.of("windows_total", "late_total", "points_dropped_total")) {
        assertThat(restarted.counter("tidewatch." + counter))
            .as(counter)
            .isEqualTo(run.counter("tidewatch." + counter));
      }
      assertThat(restarted.stateEntries()).isZero();
      assertThat(restarted.timers()).isZero();
    }
  }

  /** Disorder, repeated times and values, silences, and watermarks that overtake some records. */
  static List<Arrival> arrivals(long seed) {
    Random random = new Random(seed);
    long newestMs = -4_000; // the epoch is no border
    long watermarkMs = Long.MIN_VALUE;
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      newestMs += random.nextInt(3) == 0 ? random.nextInt(30) : 0;
      newestMs += random.nextInt(120) == 0 ? random.nextInt(3 * FORGET_MS) : 0;
      long timeMs = newestMs - random.nextInt(DISORDER_MS);
      boolean late = timeMs <= watermarkMs;
      if (random.nextInt(8) == 0) {
        watermarkMs = Math.max(watermarkMs, newestMs - DISORDER_MS / 2);
      }
      double value = random.nextInt(10) == 0 ? Double.NaN : 1e6 + random.nextInt(50) / 7.0;
      arrivals.add(
          new Arrival(reading("d" + random.nextInt(DEVICES), timeMs, value), watermarkMs, late));
    }
    return arrivals;
  }

  /** The records in another order, none behind another by more than the bound. */
  private static List<Arrival> permuted(List<DeviceTelemetry> records, long seed) {
    Random random = new Random(seed);
    IdentityHashMap<DeviceTelemetry, Double> shifted = new IdentityHashMap<>();
    records.forEach(
        record -> shifted.put(record, record.eventTimeMs() + DISORDER_MS * random.nextDouble()));
    List<DeviceTelemetry> order = new ArrayList<>(records);
    order.sort(Comparator.comparing(shifted::get));
    List<Arrival> arrivals = new ArrayList<>();
    long newestMs = Long.MIN_VALUE + DISORDER_MS;
    for (DeviceTelemetry record : order) {
      newestMs = Math.max(newestMs, record.eventTimeMs());
      arrivals.add(new Arrival(record, newestMs - DISORDER_MS - 1, false));
    }
    return arrivals;
  }

  static void feed(KeyedRun<DeviceKey, DeviceTelemetry, FeatureVector> run, List<Arrival> arrivals)
      throws Exception {
    for (Arrival arrival : arrivals) {
      run.add(arrival.record(), arrival.record().eventTimeMs());
      run.watermark(arrival.watermarkMs());
    }
  }

  private static List<PointWindowOracle.Counted<DeviceTelemetry>> oracle(
      List<DeviceTelemetry> records, PointWindowSpec spec) {
    return PointWindowOracle.windows(
        records,
        DeviceTelemetry::eventTimeMs,
        (a, b) -> Arrays.compare(a.values(), b.values()),
        spec);
  }

  private static void check(
      FeatureVector actual, PointWindowOracle.Counted<DeviceTelemetry> expected) {
    assertThat(actual.windowStartMs()).isEqualTo(expected.startMs());
    assertThat(actual.windowEndMs()).isEqualTo(expected.endMs());
    assertThat(actual.records()).isEqualTo(expected.records().size());
    FeatureOracle oracle = FeatureOracle.of(expected.records(), 0);
    double[] wanted = {oracle.mean(), oracle.std(), oracle.min(), oracle.max(), oracle.count()};
    for (int i = 0; i < wanted.length; i++) {
      if (Double.isNaN(wanted[i])) {
        assertThat(actual.features()[i]).isNaN();
      } else {
        assertThat(actual.features()[i])
            .isCloseTo(wanted[i], Offset.offset(1e-9 * Math.max(1, Math.abs(wanted[i]))));
      }
    }
  }

  static Map<String, List<FeatureVector>> byDevice(List<FeatureVector> results) {
    return results.stream().collect(Collectors.groupingBy(FeatureVector::deviceId));
  }

  private static KeyedRun<DeviceKey, DeviceTelemetry, FeatureVector> start(PointWindowSpec spec)
      throws Exception {
    return start(operator(spec));
  }

  private static KeyedRun<DeviceKey, DeviceTelemetry, FeatureVector> start(
      PointWindowOperator<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> operator)
      throws Exception {
    return new KeyedRun<>(
        operator,
        record -> new DeviceKey(record.model(), record.deviceId()),
        TypeInformation.of(DeviceKey.class));
  }

  private static PointWindowOperator<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector>
      operator(PointWindowSpec spec) {
    return operator(spec, Cleaning.NONE, PointWindowOperator.MAX_BUFFERED);
  }

  static PointWindowOperator<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> operator(
      PointWindowSpec spec, Cleaning cleaning, int maxBuffered) {
    TelemetryModels models =
        TelemetryModels.of(
            List.of(
                new TelemetryModel(
                    "m",
                    "one field",
                    List.of(new TelemetryField("x", "1", -1e9, 1e9)),
                    UnknownFields.REJECT,
                    OutOfRange.MISSING,
                    spec,
                    List.of(cleaning),
                    TelemetryModel.DEFAULT_FEATURES,
                    ZoneOffset.UTC)));
    return new PointWindowOperator<>(
        new DevicePoints(models),
        new FeatureAggregate(models),
        TypeInformation.of(DeviceTelemetry.class),
        FeaturePointsSerializer.INSTANCE,
        LATE,
        maxBuffered);
  }

  static PointWindowSpec spec(int size, int slide) {
    return new PointWindowSpec(size, slide, Duration.ofMillis(FORGET_MS));
  }

  static DeviceTelemetry reading(String device, long timeMs, double value) {
    return new DeviceTelemetry("m", device, timeMs, new double[] {value}, Map.of(), null);
  }
}
