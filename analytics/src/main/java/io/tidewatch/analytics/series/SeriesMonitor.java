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

  /** End of the last window that stands apart, milliseconds since the epoch. */
  long apartUntilMs;

  SeriesMonitor(SeriesDetector detector, DayValues day, long apartUntilMs) {
    this.detector = detector;
    this.day = day;
    this.apartUntilMs = apartUntilMs;
  }

  /** Of a series that begins. */
  public static SeriesMonitor create(DetectorSettings settings) {
    return new SeriesMonitor(
        SeriesDetector.create(settings, SEED), new DayValues(), Long.MIN_VALUE);
  }

  /**
   * Takes the next row.
   *
   * @param row after the one before; its value is {@code NaN} where it is missing, and beyond
   *     ±{@value SeriesDetector#MOST} it counts as missing
   */
  public Assessment next(SeriesPoint row) {
    double value = row.value();
    boolean hasValue = !SeriesDetector.isMissing(value);
    boolean apart = hasValue && row.startMs() >= apartUntilMs;
    if (apart) {
      apartUntilMs = row.timeMs();
    }
    long rows = detector.rows();
    ScoreContext before = day.next(row.timeMs(), hasValue ? value : Double.NaN);
    Judgement judgement = detector.next(row.timeMs(), value, apart);
    long needed = detector.warmUp();
    return new Assessment(judgement, hasValue, Math.min(rows, needed), needed, before);
  }
}
