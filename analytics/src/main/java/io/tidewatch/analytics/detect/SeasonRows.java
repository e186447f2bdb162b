package io.tidewatch.analytics.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The values of the last three weeks, for what was a day or a week ago. Days are counted in rows: a
 * row that is missing takes its place as {@code NaN}, so that the rows after it keep theirs. Values
 * are floats, counted from the first value of the series.
 *
 * <p>Memory: 4 bytes a row, at most {@value #MAX_ROWS} rows. Three weeks of rows every five minutes
 * fit; where rows come faster, what is further back than fits is not there.
 */
final class SeasonRows {
  /** 21 days of 288 rows, and as many as are asked for around them. */
  static final int MAX_ROWS = 6_144;

  private static final int DAYS = 21;

  private final int day;
  private final float[] ring;
  private int next;
  private int size;

  /**
   * @param day rows of a day; 0 where there is no day, and nothing is kept
   */
  SeasonRows(int day) {
    this.day = day;
    this.ring = new float[kept(day)];
  }

  /** How many rows are kept of days of so many rows. */
  static int kept(int day) {
    return day == 0 ? 0 : Math.min(MAX_ROWS, DAYS * day + 2);
  }

  int day() {
    return day;
  }

  void add(double value) {
    if (ring.length > 0) {
      ring[next] = (float) value;
      next = (next + 1) % ring.length;
      size = Math.min(size + 1, ring.length);
    }
  }

  /**
   * @param rows before the row that is added next, ≥ 1
   * @return {@code NaN} where it is missing or not there
   */
  double back(int rows) {
    if (rows > size) {
      return Double.NaN;
    }
    int at = next - rows;
    return ring[at < 0 ? at + ring.length : at];
  }

  /** The middle one of what was one, two and three days ago; {@code NaN} before there is a day. */
  double medianOfDays() {
    return day == 0 ? Double.NaN : median(back(day), back(2 * day), back(3 * day));
  }

  /** The middle one of the means of three rows one, two and three weeks ago. */
  double medianOfWeeks() {
    int week = 7 * day;
    return day == 0 ? Double.NaN : median(around(week), around(2 * week), around(3 * week));
  }

  private double around(int rows) {
    double sum = 0;
    int there = 0;
    for (int i = rows - 1; i <= rows + 1; i++) {
      double value = back(i);
      if (!Double.isNaN(value)) {
        sum += value;
        there++;
      }
    }
    return there == 0 ? Double.NaN : sum / there;
  }

  /** Of those that are there; of two their mean. */
  static double median(double a, double b, double c) {
    if (Double.isNaN(a)) {
      return mean(b, c);
    }
    if (Double.isNaN(b)) {
      return mean(a, c);
    }
    if (Double.isNaN(c)) {
      return mean(a, b);
    }
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static double mean(double a, double b) {
    if (Double.isNaN(a)) {
      return b;
    }
    return Double.isNaN(b) ? a : (a + b) / 2;
  }

  /** Rows of a day and number of rows (32 bits each), then the rows, the oldest first (floats). */
  void write(DataOutput out) throws IOException {
    out.writeInt(day);
    out.writeInt(size);
    for (int i = size; i > 0; i--) {
      out.writeFloat((float) back(i));
    }
  }

  static SeasonRows read(DataInput in) throws IOException {
    SeasonRows rows = new SeasonRows(StateBytes.within("rows of a day", in.readInt(), MAX_ROWS));
    int size = StateBytes.within("rows of the season", in.readInt(), rows.ring.length);
    for (int i = 0; i < size; i++) {
      float value = in.readFloat();
      rows.add(Float.isNaN(value) ? value : StateBytes.finite("row of the season", value));
    }
    return rows;
  }
}
