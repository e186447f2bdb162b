package io.tidewatch.udfs.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.decide.DeviationRule;
import io.tidewatch.analytics.decide.Direction;
import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.series.DeviationSelector;
import io.tidewatch.analytics.series.SeriesDeviations;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.analytics.series.SeriesMonitor;
import io.tidewatch.analytics.series.SeriesPoint;
import io.tidewatch.analytics.series.SeriesRow;
import io.tidewatch.analytics.series.SeriesRules;
import io.tidewatch.analytics.series.SeriesScore;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.Suppression;
import io.tidewatch.udfs.KeyedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeriesScoreFunctionHarnessTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final long SLIDE_MS = 5_000;
  private static final long DAYS_MS = Duration.ofDays(2).toMillis();
  private static final double THRESHOLD = DetectorSettings.shipped().threshold();

  private KeyedRun<SeriesKey, SeriesRow, AnomalyScore> run;

  @AfterEach
  void stop() {
    if (run != null) {
      run.close();
    }
  }

  private static SeriesScoreFunction function(int cached) {
    return function(cached, SeriesDeviations.ANY);
  }

  private static SeriesScoreFunction function(int cached, SeriesDeviations deviations) {
    return new SeriesScoreFunction(new SeriesRules(1_000, cached, Duration.ofDays(2)), deviations);
  }

  private void start(int cached, StateBackend backend) throws Exception {
    run =
        new KeyedRun<>(
            new KeyedProcessOperator<>(function(cached)),
            SeriesRow::key,
            TypeInformation.of(SeriesKey.class),
            backend);
  }

  private void start() throws Exception {
    start(100, new HashMapStateBackend());
  }

  private static SeriesKey key(String device) {
    return new SeriesKey("press", device, "force_mean");
  }

  private static SeriesRow row(String device, int i, double value) {
    long endMs = START_MS + i * SLIDE_MS;
    return new SeriesRow(key(device), endMs - SLIDE_MS, endMs, value, false, 0);
  }

  /** Noise of its own for each device, now and then nothing, and late a jump. */
  private static double value(String device, int i) {
    Random random = new Random(device.hashCode() * 31L + i);
    double noise = random.nextGaussian();
    if (i % 53 == 20) {
      return Double.NaN;
    }
    return i == 330 ? 60 : noise;
  }

  private void add(SeriesRow row) throws Exception {
    run.add(row, row.windowEndMs());
  }

  private static SeriesPoint point(SeriesRow row) {
    return new SeriesPoint(row.windowStartMs(), row.windowEndMs(), row.value());
  }

  /** By the plain loop over the rows of each device. */
  private static Map<SeriesKey, List<AnomalyScore>> plain(List<String> devices, int rows) {
    Map<SeriesKey, List<AnomalyScore>> scores = new LinkedHashMap<>();
    for (String device : devices) {
      SeriesMonitor monitor = SeriesMonitor.create(DetectorSettings.shipped());
      List<AnomalyScore> ofDevice = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        SeriesRow row = row(device, i, value(device, i));
        ofDevice.add(SeriesScore.of(row, monitor.next(point(row)), THRESHOLD));
      }
      scores.put(key(device), ofDevice);
    }
    return scores;
  }

  private Map<SeriesKey, List<AnomalyScore>> told() {
    Map<SeriesKey, List<AnomalyScore>> told = new LinkedHashMap<>();
    for (AnomalyScore score : run.results()) {
      told.computeIfAbsent(
              new SeriesKey(score.model(), score.entity(), score.metric()),
              key -> new ArrayList<>())
          .add(score);
    }
    return told;
  }

  static Stream<StateBackend> backends() {
    return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void saysWhatAPlainLoopSaysThroughRestartsAndOtherParallelisms(StateBackend backend)
      throws Exception {
    List<String> devices = List.of("a", "b", "c", "d");
    start(100, backend);
    int[] parallelism = {2, 1, 3, 1};
    int rows = 400;
    for (int i = 0; i < rows; i++) {
      if (i % 97 == 60 && i / 97 < parallelism.length) {
        run.restart(function(100), parallelism[i / 97]);
      }
      for (String device : devices) {
        add(row(device, i, value(device, i)));
      }
    }
    Map<SeriesKey, List<AnomalyScore>> expected = plain(devices, rows);
    assertThat(told()).isEqualTo(expected);
    assertThat(run.results()).filteredOn(AnomalyScore::anomaly).hasSizeGreaterThan(3);
    assertThat(run.counter("tidewatch.detectors_restored_total"))
        .isEqualTo((long) parallelism.length * devices.size());
    long anomalies =
        expected.values().stream().flatMap(List::stream).filter(AnomalyScore::anomaly).count();
    assertThat(run.counter("tidewatch.anomalies_total")).isEqualTo(anomalies);
    assertThat(
            run.counter("tidewatch.rows_scored_total")
                + run.counter("tidewatch.rows_warming_up_total")
                + run.counter("tidewatch.rows_without_value_total"))
        .as("each row is one of these")
        .isEqualTo((long) rows * devices.size());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void saysTheSameWhereNoDetectorStaysReady(StateBackend backend) throws Exception {
    List<String> devices = List.of("a", "b");
    start(1, backend);
    for (int i = 0; i < 140; i++) {
      for (String device : devices) {
        add(row(device, i, value(device, i)));
      }
    }
    assertThat(told()).isEqualTo(plain(devices, 140));
    assertThat(run.counter("tidewatch.detectors_restored_total")).isEqualTo(2L * 139);
  }

  @Test
  void aRowOfAWindowThatWasScoredIsSkippedWhateverItSays() throws Exception {
    start();
    for (int i = 0; i < 130; i++) {
      add(row("a", i, value("a", i)));
      add(row("a", i, 1e6));
      add(row("a", i / 2, -1e6));
      SeriesRow row = row("a", i, 1e6);
      add(
          new SeriesRow(
              row.key(), row.windowStartMs(), row.windowEndMs() + 1, row.value(), false, 1));
      if (i == 70) {
        run.restart(function(100), 1);
      }
    }
    assertThat(told()).isEqualTo(plain(List.of("a"), 130));
    assertThat(run.counter("tidewatch.rows_out_of_order_total")).isEqualTo(2L * 130);
    assertThat(run.counter("tidewatch.corrections_skipped_total")).isEqualTo(130);
  }

  @Test
  void aGapIsNoRow() throws Exception {
    start();
    SeriesMonitor monitor = SeriesMonitor.create(DetectorSettings.shipped());
    List<AnomalyScore> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      if (i < 150 || i > 220) {
        SeriesRow row = row("a", i, value("a", i));
        add(row);
        expected.add(SeriesScore.of(row, monitor.next(point(row)), THRESHOLD));
      }
    }
    assertThat(run.results()).isEqualTo(expected).hasSize(229);
  }

  @Test
  void aSensorThatNeverMovedAndJumpsIsAnAnomalyWithWhatWasExpected() throws Exception {
    start();
    for (int i = 0; i < 150; i++) {
      add(row("a", i, 20));
    }
    assertThat(run.results().subList(101, 150)).allMatch(score -> score.score() == 0);
    add(row("a", 150, 20.5));
    AnomalyScore jump = run.results().get(150);
    assertThat(jump.anomaly()).isTrue();
    assertThat(jump.expected()).isEqualTo(20);
    assertThat(jump.status().state()).isEqualTo(ModelState.ACTIVE);
    assertThat(jump.attribution().values().stream().mapToDouble(share -> share).sum())
        .isBetween(1 - 1e-9, 1 + 1e-9);
  }

  @Test
  void windowsThatOverlapWarmUpUntilAHundredThatDoNotWereSeen() throws Exception {
    start();
    for (int i = 0; i < 320; i++) {
      if (i == 150) {
        run.restart(function(100), 2);
      }
      long endMs = START_MS + i * SLIDE_MS;
      add(new SeriesRow(key("a"), endMs - 3 * SLIDE_MS, endMs, i % 7, false, 0));
    }
    assertThat(run.results())
        .filteredOn(score -> score.status().state() == ModelState.ACTIVE)
        .hasSize(320 - 300);
    assertThat(run.results().get(200).status().rowsNeeded()).isBetween(290L, 310L);
  }

  @Test
  void whatNobodyAskedAboutIsToldWithItsReasonAndKeepsNothingElseQuiet() throws Exception {
    SeriesDeviations rising =
        new SeriesDeviations(
            List.of(
                new DeviationSelector(
                    "press", List.of("force_mean"), new DeviationRule(Direction.UP, 0.4, 0))));
    run =
        new KeyedRun<>(function(100, rising), SeriesRow::key, TypeInformation.of(SeriesKey.class));
    for (int i = 0; i < 150; i++) {
      add(row("a", i, 20));
    }
    add(row("a", 150, 19.5));
    add(row("a", 151, 20.1));
    add(row("a", 152, 20.9));
    AnomalyScore fall = run.results().get(150);
    assertThat(fall.anomaly()).isFalse();
    assertThat(fall.score()).isGreaterThanOrEqualTo(fall.threshold());
    assertThat(fall.suppressed()).isEqualTo(Suppression.DIRECTION);
    assertThat(run.results().get(151).anomaly()).isFalse();
    AnomalyScore rise = run.results().get(152);
    assertThat(rise.anomaly()).as(rise.toString()).isTrue();
    assertThat(rise.suppressed()).isNull();
    assertThat(run.counter("tidewatch.anomalies_total")).isEqualTo(1);
    assertThat(run.counter("tidewatch.anomalies_suppressed_total")).isPositive();
  }

  @Test
  void aMetricWithoutAnyValueIsToldWithoutAScore() throws Exception {
    start();
    for (int i = 0; i < 120; i++) {
      add(row("a", i, Double.NaN));
    }
    assertThat(run.results())
        .hasSize(120)
        .allMatch(score -> Double.isNaN(score.score()) && score.status().rows() == 0);
    assertThat(run.counter("tidewatch.rows_without_value_total")).isEqualTo(120);
  }

  /** Leaves bytes in the state that no version has written. */
  private static final class Damage
      extends KeyedProcessFunction<SeriesKey, SeriesRow, AnomalyScore> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(SeriesRow row, Context context, Collector<AnomalyScore> out)
        throws Exception {
      getRuntimeContext()
          .getState(
              new ValueStateDescriptor<>(
                  KeyedMonitors.MONITOR, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
          .update(new byte[] {9, 9});
    }
  }

  @Test
  void aSeriesWhoseStateCannotBeReadBeginsAnewAndIsCounted() throws Exception {
    KeyedRun<SeriesKey, SeriesRow, AnomalyScore> before =
        new KeyedRun<>(new Damage(), SeriesRow::key, TypeInformation.of(SeriesKey.class));
    before.add(row("a", 0, 0), 0);
    run = before.goOnWith(new KeyedProcessOperator<>(function(100)), SeriesRow::key);
    for (int i = 0; i < 200; i++) {
      add(row("a", i, value("a", i)));
    }
    assertThat(told()).isEqualTo(plain(List.of("a"), 200));
    assertThat(run.counter("tidewatch.detectors_dropped_total")).isEqualTo(1);
    run.restart(function(100), 1);
    add(row("a", 200, 0));
    assertThat(run.counter("tidewatch.detectors_dropped_total")).as("once").isEqualTo(1);
  }

  @Test
  void aSilentSeriesIsForgottenAndBeginsAnew() throws Exception {
    start(1, new HashMapStateBackend());
    long lastMs = START_MS + 119 * SLIDE_MS;
    for (int i = 0; i < 120; i++) {
      add(row("a", i, value("a", i)));
    }
    add(row("b", 119, 0)); // a is no longer ready
    run.watermark(START_MS + DAYS_MS);
    assertThat(run.timers()).as("a, to be looked at again, and b").isEqualTo(2);
    run.watermark(lastMs + DAYS_MS - 1);
    assertThat(run.counter("tidewatch.keys_forgotten_total")).isZero();
    run.watermark(lastMs + DAYS_MS);
    assertThat(run.counter("tidewatch.keys_forgotten_total")).isEqualTo(2);
    assertThat(run.timers()).isZero();
    assertThat(run.stateEntries()).isZero();

    run.add(row("a", 100_000, 3), START_MS + 100_000 * SLIDE_MS);
    List<AnomalyScore> all = run.results();
    assertThat(all.get(all.size() - 1).status().rows()).isZero();
    assertThat(all.get(all.size() - 1).context().rows()).isZero();
  }
}
