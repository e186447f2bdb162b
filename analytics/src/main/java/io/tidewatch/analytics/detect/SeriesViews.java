package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.detect.View.Family;
import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A series as all its views see it: what its rows of late were, and by how much they differed from
 * what was forecast. Numbers are counted from the first value of the series, so that a sensor far
 * from zero loses no precision.
 */
final class SeriesViews {
  static final int VALUES = 64;

  /** Rows of the longest mean of residuals. */
  static final int RESIDUALS = 128;

  /** Of a day: two hours, within which most things that people wake up for have shown. */
  private static final int PARTS = 12;

  /** Rows of the slow residual where there is no day. */
  private static final int NO_DAY = 24;

  /** Those a detector asks: at three scales, each three times the one before. */
  static final List<View> VIEWS = views();

  private final List<View> views;
  private final double[] numbers;
  private final long[] firstTimes = new long[DayLength.ROWS];
  private RecentRows values = new RecentRows(VALUES);
  private RecentRows residuals = new RecentRows(RESIDUALS);
  private SeasonRows season = new SeasonRows(0);
  private SeasonForecast forecast = new SeasonForecast();
  private double origin;
  private double expected = Double.NaN;
  private double error = Double.NaN;
  private int rows;

  private static List<View> views() {
    List<View> all = new ArrayList<>(View.of(Family.VALUE, 1));
    int[] scales = {5, 15, 45};
    for (Family family :
        List.of(Family.MEAN, Family.DEPARTURE, Family.SPREAD, Family.GREATEST, Family.LEAST)) {
      all.addAll(View.of(family, scales));
    }
    for (Family family : List.of(Family.CHANGE, Family.RESIDUAL)) {
      all.addAll(View.of(family, 1));
      all.addAll(View.of(family, scales));
    }
    return List.copyOf(all);
  }

  SeriesViews(List<View> views) {
    this.views = views;
    this.numbers = new double[views.size()];
  }

  /** Rows so far that had a value. */
  int rows() {
    return rows;
  }

  /** Takes a row that has a value. */
  void add(long timeMs, double value) {
    if (rows == 0) {
      origin = value;
    }
    double x = value - origin;
    // in the precision of what is kept, so that what repeats itself differs by nothing
    double kept = (float) x;
    double forecasted = forecast.forecast(season);
    expected = forecasted + origin;
    error = forecast.error();
    residuals.add(Double.isNaN(forecasted) ? 0 : kept - forecasted);
    forecast.learn(kept, season.day());
    values.add(x);
    season.add(kept);
    if (rows < DayLength.ROWS) {
      firstTimes[rows] = timeMs;
    }
    rows++;
    if (rows == DayLength.ROWS) {
      season = new SeasonRows(DayLength.rows(firstTimes));
      for (int ago = VALUES - 1; ago >= 0; ago--) {
        season.add((float) values.ago(ago));
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = views.get(i).of(values, residuals);
    }
  }

  /** Takes a row without a value: it keeps its place among those of the season, nothing more. */
  void addMissing() {
    expected = forecast.forecast(season) + origin;
    error = forecast.error();
    season.add(Double.NaN);
  }

  /** The number of the last row in each view, {@code NaN} where it has none yet. */
  double[] numbers() {
    return numbers;
  }

  /** What the last row was expected to be, before it was seen; {@code NaN} for the first one. */
  double expected() {
    return expected;
  }

  /** Mean absolute error of what was expected, before the last row; {@code NaN} at first. */
  double error() {
    return error;
  }

  /** Rows of a day, 0 where there is none. */
  int day() {
    return season.day();
  }

  double value() {
    return values.ago(0);
  }

  double mean(int ofRows) {
    return values.mean(ofRows);
  }

  double residual(int ofRows) {
    return residuals.mean(ofRows);
  }

  /** Mean of the residuals of a twelfth of a day. */
  double slowResidual() {
    int part = season.day() == 0 ? NO_DAY : season.day() / PARTS;
    return residuals.mean(Math.max(2, Math.min(part, RESIDUALS)));
  }

  /**
   * Rows (Varint), first value (double), times of the first rows while they are learnt from
   * (longs), then values, residuals, season and forecast.
   */
  void write(DataOutput out) throws IOException {
    Varint.write(rows, out);
    out.writeDouble(origin);
    for (int i = 0; i < rows && rows < DayLength.ROWS; i++) {
      out.writeLong(firstTimes[i]);
    }
    values.write(out);
    residuals.write(out);
    season.write(out);
    forecast.write(out);
  }

  void read(DataInput in) throws IOException {
    rows = StateBytes.whole("rows", in, StateBytes.MOST_ROWS);
    origin = StateBytes.finite("first value", in.readDouble());
    for (int i = 0; i < rows && rows < DayLength.ROWS; i++) {
      firstTimes[i] = in.readLong();
    }
    values = RecentRows.read(VALUES, in);
    residuals = RecentRows.read(RESIDUALS, in);
    season = SeasonRows.read(in);
    forecast = SeasonForecast.read(in);
  }
}
