package io.tidewatch.analytics.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.decide.DeviationRule;
import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.DetectorState;
import io.tidewatch.analytics.detect.SeriesDetector;
import io.tidewatch.schemas.derived.Suppression;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesMonitorTest {
  private static final DetectorSettings SHIPPED = DetectorSettings.shipped();
  private static final long FIVE_SECONDS_MS = 5_000;
  private static final long FIVE_MINUTES_MS = 300_000;

  private final SeriesMonitor monitor = SeriesMonitor.create(SHIPPED);

  private static double[] series(int rows) {
    Random random = new Random(11);
    double[] series = new double[rows];
    for (int i = 0; i < rows; i++) {
      series[i] = 100 + 25 * Math.sin(2 * Math.PI * i / 288) + 2 * random.nextGaussian();
      if (i % 131 == 7) {
        series[i] = Double.NaN;
      }
    }
    return series;
  }

  /** Of a window that shares nothing with that before, however close. */
  private static SeriesPoint point(long timeMs, double value) {
    return new SeriesPoint(timeMs, timeMs, value);
  }

  private Assessment row(int i, long spacingMs, double value) {
    return monitor.next(point(1_700_000_000_000L + i * spacingMs, value));
  }

  @Test
  void saysOfEachRowWhatTheMeasuredDetectorSays() {
    SeriesDetector measured = SeriesDetector.create(SHIPPED, 0);
    double[] series = series(2_000);
    series[1_500] = 400;
    int anomalies = 0;
    for (int i = 0; i < series.length; i++) {
      Assessment said = row(i, FIVE_MINUTES_MS, series[i]);
      assertThat(said.judgement())
          .isEqualTo(measured.next(1_700_000_000_000L + i * FIVE_MINUTES_MS, series[i]));
      assertThat(said.hasValue()).isEqualTo(!Double.isNaN(series[i]));
      anomalies += said.judgement().anomaly() ? 1 : 0;
    }
    assertThat(anomalies).isPositive();
  }

  @Test
  void warmsUpForAHundredRowsAndForADayWhereThereIsOne() {
    for (int i = 0; i <= 288; i++) {
      Assessment said = row(i, FIVE_MINUTES_MS, i % 7);
      assertThat(said.rows()).isEqualTo(i);
      assertThat(said.rowsNeeded()).as("learnt from 64 rows").isEqualTo(i < 63 ? 100 : 288);
      assertThat(said.judgement().state())
          .isEqualTo(i < 288 ? DetectorState.WARMING_UP : DetectorState.ACTIVE);
    }
    SeriesMonitor fast = SeriesMonitor.create(SHIPPED);
    for (int i = 0; i <= 100; i++) {
      Assessment said = fast.next(point(i * FIVE_SECONDS_MS, i % 7));
      assertThat(said.rowsNeeded()).isEqualTo(100);
      assertThat(said.judgement().state())
          .isEqualTo(i < 100 ? DetectorState.WARMING_UP : DetectorState.ACTIVE);
    }
  }

  @Test
  void ofWindowsThatOverlapItWaitsForAHundredThatDoNot() {
    int rowsInOne = 12; // a minute each five seconds
    int active = 0;
    for (int i = 0; i < 1_300; i++) {
      long endMs = 60_000 + i * FIVE_SECONDS_MS;
      Assessment said = monitor.next(new SeriesPoint(endMs - 60_000, endMs, i % 7));
      if (i >= rowsInOne * 10) {
        assertThat(said.rowsNeeded()).as("row %d", i).isBetween(1_100L, 1_212L);
      }
      assertThat(said.rows()).isLessThanOrEqualTo(i);
      active += said.judgement().state() == DetectorState.ACTIVE ? 1 : 0;
    }
    assertThat(active).as("from the 101st that stands apart on").isEqualTo(1_300 - 1_200);
  }

  @Test
  void rowsOfStateThatDidNotSayWhereTheyBeginStandApart() {
    DetectorState state = DetectorState.WARMING_UP;
    for (int i = 0; i < 120; i++) {
      SeriesPoint former = new SeriesPoint(0, 1_700_000_000_000L + i * FIVE_SECONDS_MS, i % 7);
      state = monitor.next(former).judgement().state();
    }
    assertThat(state).isEqualTo(DetectorState.ACTIVE);
  }

  @Test
  void ofWindowsThatOverlapAnEpisodeIsToldOnceInNinetyThatDoNot() {
    Random random = new Random(5);
    int told = 0;
    int suppressed = 0;
    for (int i = 0; i < 3_000; i++) {
      long endMs = 60_000 + i * FIVE_SECONDS_MS;
      // for the length of a window all of them hold the same wrong reading; twice, 500 rows apart
      boolean wrong = (i >= 2_000 && i < 2_012) || (i >= 2_500 && i < 2_512);
      double value = random.nextDouble() + (wrong ? 40 - i * 1e-3 : 0);
      Assessment said = monitor.next(new SeriesPoint(endMs - 60_000, endMs, value));
      told += said.judgement().anomaly() && i >= 2_000 ? 1 : 0;
      suppressed += said.judgement().suppressed() == Suppression.COOLDOWN ? 1 : 0;
    }
    assertThat(told).isEqualTo(1);
    assertThat(suppressed).isPositive();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e31})
  void aRowWithoutValueIsNeitherScoredNorLearnt(double missing) {
    for (int i = 0; i < 150; i++) {
      row(i, FIVE_SECONDS_MS, i % 7);
    }
    Assessment said = row(150, FIVE_SECONDS_MS, missing);
    assertThat(said.hasValue()).isFalse();
    assertThat(said.judgement().score()).isZero();
    assertThat(said.judgement().expected()).isBetween(0.0, 6.0);
    assertThat(said.day().percentile()).isNaN();
    assertThat(row(151, FIVE_SECONDS_MS, 3).judgement().anomaly()).isFalse();
  }

  @Test
  void ofAMetricThatNeverHadAValueNothingIsSaid() {
    for (int i = 0; i < 500; i++) {
      Assessment said = row(i, FIVE_SECONDS_MS, Double.NaN);
      assertThat(said.judgement().state()).isEqualTo(DetectorState.WARMING_UP);
      assertThat(said.judgement().expected()).isNaN();
      assertThat(said.day().rows()).isZero();
      assertThat(said.rows()).isZero();
    }
  }

  @Test
  void aSensorThatNeverMovedAndJumpsIsAnAnomalyOnce() {
    int anomalies = 0;
    for (int i = 0; i < 400; i++) {
      Assessment said = row(i, FIVE_SECONDS_MS, i < 300 ? 21.5 : 21.6);
      assertThat(said.judgement().score()).isBetween(0.0, 1.0);
      if (i < 300) {
        assertThat(said.judgement().score()).as("constant so far").isZero();
      }
      if (i == 300) {
        assertThat(said.judgement().anomaly()).isTrue();
        assertThat(said.judgement().expected()).isEqualTo(21.5);
      }
      anomalies += said.judgement().anomaly() ? 1 : 0;
    }
    assertThat(anomalies).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 777, 1_900})
  void whatIsReadGoesOnBitForBit(int rows) throws IOException {
    double[] series = series(rows + 300);
    for (int i = 0; i < rows; i++) {
      row(i, FIVE_MINUTES_MS, series[i]);
    }
    byte[] bytes = SeriesMonitorCodec.write(monitor);
    SeriesMonitor read = SeriesMonitorCodec.read(bytes, SHIPPED);
    assertThat(SeriesMonitorCodec.write(read)).isEqualTo(bytes);
    for (int i = rows; i < series.length; i++) {
      assertThat(read.next(point(1_700_000_000_000L + i * FIVE_MINUTES_MS, series[i])))
          .isEqualTo(row(i, FIVE_MINUTES_MS, series[i]));
    }
    assertThat(SeriesMonitorCodec.write(read)).isEqualTo(SeriesMonitorCodec.write(monitor));
  }

  @Test
  void refusesInOneLineBytesThatAreNone() {
    for (int i = 0; i < 200; i++) {
      row(i, FIVE_SECONDS_MS, i % 9);
    }
    byte[] bytes = SeriesMonitorCodec.write(monitor);
    assertRefused(new byte[0], "series: must not end within its state, did");
    assertRefused(Arrays.copyOf(bytes, bytes.length - 3), "series: must not end within its state");
    assertRefused(Arrays.copyOf(bytes, bytes.length + 2), "series: must end with its day, had 2");
    assertRefused(Arrays.copyOf(bytes, 50), "series: detector must have 0 to 45 bytes, had ");
    byte[] newer = bytes.clone();
    newer[0] = 9;
    assertRefused(newer, "series: version must be 1 or 2, was 9");
    byte[] damaged = bytes.clone();
    damaged[40] ^= 1;
    assertRefused(damaged, "detector: checksum must be that of the bytes before it");
    byte[] javaSerialisation = {(byte) 0xAC, (byte) 0xED, 0, 5};
    assertRefused(javaSerialisation, "series: version must be 1 or 2, was 172");
  }

  /** What lies in {@code series-monitor.v2.bin}. */
  private static SeriesMonitor example() {
    SeriesMonitor monitor =
        SeriesMonitor.create(
            new DetectorSettings(
                100, 90, 20_000, 1, 15, 0.5, DetectorSettings.Votes.ALL, DeviationRule.ANY));
    for (int i = 0; i < 80; i++) {
      monitor.next(point(i * 1_800_000L, i % 9 == 8 ? Double.NaN : i % 7 * 0.5 + i % 5 * (i / 40)));
    }
    return monitor;
  }

  @Test
  void readsTheMonitorOfVersion2() throws IOException {
    byte[] bytes = fixture("/series-monitor.v2.bin");
    assertThat(SeriesMonitorCodec.write(example())).isEqualTo(bytes);
    SeriesMonitor read = SeriesMonitorCodec.read(bytes, example().detector.settings());
    assertThat(SeriesMonitorCodec.write(read)).isEqualTo(bytes);
  }

  @Test
  void readsTheMonitorOfVersion1WhoseNextWindowStandsApart() throws IOException {
    SeriesMonitor read =
        SeriesMonitorCodec.read(fixture("/series-monitor.v1.bin"), example().detector.settings());
    SeriesMonitor same = example();
    for (int i = 80; i < 200; i++) {
      assertThat(read.next(point(i * 1_800_000L, i % 7)))
          .isEqualTo(same.next(point(i * 1_800_000L, i % 7)));
    }
    assertThat(SeriesMonitorCodec.write(read)).isEqualTo(SeriesMonitorCodec.write(same));
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = SeriesMonitorTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> SeriesMonitorCodec.read(bytes, SHIPPED))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }
}
