package io.tidewatch.analytics.decide;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One message an episode: a score passes when it is greater than every score of the rows before it,
 * else it becomes 0. So what goes on is told once, and what gets worse is told again.
 *
 * <p>Rows that share readings with each other count as one: what is wrong with one reading is in
 * all windows that hold it.
 *
 * <p>Memory: 16 bytes for each score that none after it has reached, at most one more than rows are
 * looked back.
 */
public final class Cooldown {
  private final int rows;

  /** The scores that none after them has reached, so the first is the greatest; a ring. */
  private double[] scores = new double[4];

  private long[] at = new long[4];
  private int first;
  private int size;
  private long row;

  /**
   * @param rows how far back is looked, ≥ 1
   */
  public Cooldown(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("cooldown.rows: must be ≥ 1, was " + rows);
    }
    this.rows = rows;
  }

  /**
   * Takes the score of the next row.
   *
   * @param score ≥ 0; {@code NaN} counts as 0
   * @param apart whether the row counts by itself; else it is one with the row before
   * @return the score if it is greater than every score of the rows before it, else 0
   */
  public double admit(double score, boolean apart) {
    row += apart ? 1 : 0;
    if (size > 0 && at[first] < row - rows) {
      first = next(first);
      size--;
    }
    if (!(score > 0)) {
      return 0;
    }
    boolean greatest = size == 0 || score > scores[first];
    while (size > 0 && scores[slot(size - 1)] <= score) {
      size--;
    }
    if (size == 0 || at[slot(size - 1)] < row) {
      put(score, row);
    } // else one that is greater will be forgotten together with this one
    return greatest ? score : 0;
  }

  private void put(double score, long atRow) {
    if (size == scores.length) {
      double[] wider = new double[2 * size];
      long[] widerAt = new long[2 * size];
      for (int i = 0; i < size; i++) {
        wider[i] = scores[slot(i)];
        widerAt[i] = at[slot(i)];
      }
      scores = wider;
      at = widerAt;
      first = 0;
    }
    scores[slot(size)] = score;
    at[slot(size)] = atRow;
    size++;
  }

  private int slot(int i) {
    return (first + i) & (scores.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (scores.length - 1);
  }

  /**
   * The scores kept: their number ({@link Varint}), then for each, the oldest first, how many rows
   * ago it was (Varint) and the score (double).
   */
  public void write(DataOutput out) throws IOException {
    Varint.write(size, out);
    for (int i = 0; i < size; i++) {
      Varint.write(row - at[slot(i)], out);
      out.writeDouble(scores[slot(i)]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when it is no such thing, in one line
   */
  public static Cooldown read(int rows, DataInput in) throws IOException {
    Cooldown cooldown = new Cooldown(rows);
    long size = Varint.read(in);
    if (size < 0 || size > rows + 1L) {
      throw new IOException("cooldown: scores must be 0 to %d, were %d".formatted(rows + 1L, size));
    }
    long newer = rows + 1L;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      long ago = Varint.read(in);
      double score = in.readDouble();
      if (ago < 0 || ago >= newer || !(score > 0 && score < least)) {
        throw new IOException(
            "cooldown: scores must fall with their age, was %s %d rows ago".formatted(score, ago));
      }
      cooldown.put(score, -ago);
      newer = ago;
      least = score;
    }
    return cooldown;
  }
}
