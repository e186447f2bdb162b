package io.tidewatch.analytics.series;

import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.Judgement;
import io.tidewatch.analytics.detect.SeriesDetector;
import io.tidewatch.schemas.derived.ScoreContext;

/**
 * All that is kept of a series: its detector and the values of its day. What it says of a row is a
 * function of the rows before it, so whoever has its {@linkplain SeriesMonitorCodec bytes} of a
 * while ago, and the rows since, has it as it is.
 *
 * <p>Memory: {@link io.tidewatch.analytics.detect.DetectorSize} and {@link #DAY_BYTES}. Mutable,
 * not for use by several threads.
 */
public final class SeriesMonitor {
  /** Chance of the detector: that of the benchmark, so that the stream says what was measured. */
  private static final long SEED = 0;

  /** Heap of a day with a value each minute, up to headers. */
  public static final long DAY_BYTES = 24L * DayValues.MOST;

  final SeriesDetector detector;
  final DayValues day;

  SeriesMonitor(SeriesDetector detector, DayValues day) {
    this.detector = detector;
    this.day = day;
  }

  /** Of a series that begins. */
  public static SeriesMonitor create(DetectorSettings settings) {
    return new SeriesMonitor(SeriesDetector.create(settings, SEED), new DayValues());
  }

  /**
   * Takes the next row.
   *
   * @param timeMs after that of the row before, milliseconds since the epoch
   * @param value {@code NaN} where it is missing; beyond ±{@value SeriesDetector#MOST} it counts as
   *     missing
   */
  public Assessment next(long timeMs, double value) {
    boolean hasValue = Math.abs(value) <= SeriesDetector.MOST;
    long rows = detector.rows();
    ScoreContext before = day.next(timeMs, hasValue ? value : Double.NaN);
    Judgement judgement = detector.next(timeMs, value);
    long needed = detector.warmUp();
    return new Assessment(judgement, hasValue, Math.min(rows, needed), needed, before);
  }
}
