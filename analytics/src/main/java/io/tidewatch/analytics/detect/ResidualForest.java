package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How unlike the rows of late a row is in what was not forecast: two forests of {@link RangeTrees},
 * one of the last 500 rows, one of the last 1,000, both grown anew every 100 rows. What they forget
 * on purpose is what happened before, so that they see the second anomaly of a kind too.
 *
 * <p>Stored are the rows; the trees grow from them again, the same as they were.
 *
 * <p>Memory: 12 bytes for each of 1,100 rows, and the trees.
 */
final class ResidualForest {
  /** The residual itself and its means over 5 and 20 rows. */
  static final int VIEWS = 3;

  private static final int SHORT = 500;
  private static final int LONG = 1_000;
  private static final int REFIT = 100;
  static final int KEPT = LONG + REFIT;

  /** First trees; a few rows are better than none, and a hundred come soon. */
  private static final int FIRST = 32;

  /** Share of all the range seen by which a view must lie outside a node's range. */
  private static final double MARGIN = 0.02;

  /** Trees of each forest, half of the paper's: there are two, and only short paths matter. */
  static final int TREES = 50;

  /** Rows of a tree, as in the paper. */
  private static final int SAMPLE = 256;

  private final int sample;
  private final long seed;
  private final RangeTrees shortTrees;
  private final RangeTrees longTrees;
  private final float[][] ring = new float[VIEWS][KEPT];
  private final float[] least = new float[VIEWS];
  private final float[] greatest = new float[VIEWS];
  private final float[] row = new float[VIEWS];
  private final double[] margins = new double[VIEWS];
  private int rows;
  private int fittedAt;

  ResidualForest(long seed) {
    this(TREES, SAMPLE, seed);
  }

  ResidualForest(int trees, int sample, long seed) {
    this.sample = sample;
    this.seed = seed;
    this.shortTrees = new RangeTrees(trees);
    this.longTrees = new RangeTrees(trees);
  }

  /**
   * Judges a row, then learns it.
   *
   * @return 0 to 1, mean of both forests; 0 while there is none
   */
  double judge(double residual, double meanOf5, double meanOf20) {
    row[0] = (float) residual;
    row[1] = (float) meanOf5;
    row[2] = (float) meanOf20;
    double score = 0;
    if (fittedAt > 0) {
      for (int view = 0; view < VIEWS; view++) {
        margins[view] = MARGIN * ((double) greatest[view] - least[view]);
      }
      score = (shortTrees.score(row, margins) + longTrees.score(row, margins)) / 2;
    }
    for (int view = 0; view < VIEWS; view++) {
      ring[view][rows % KEPT] = row[view];
      least[view] = rows == 0 ? row[view] : Math.min(least[view], row[view]);
      greatest[view] = rows == 0 ? row[view] : Math.max(greatest[view], row[view]);
    }
    rows++;
    if (rows % REFIT == 0 || rows == FIRST || rows == 2 * FIRST) {
      fit(rows);
    }
    return score;
  }

  private void fit(int at) {
    fittedAt = at;
    shortTrees.grow(last(at, SHORT), sample, seed + 2L * at);
    longTrees.grow(last(at, LONG), sample, seed + 2L * at + 1);
  }

  private float[][] last(int at, int most) {
    int count = Math.min(at, most);
    float[][] last = new float[VIEWS][count];
    for (int i = 0; i < count; i++) {
      for (int view = 0; view < VIEWS; view++) {
        last[view][i] = ring[view][(at - count + i) % KEPT];
      }
    }
    return last;
  }

  /**
   * Rows learnt and rows at the last growth (Varints), for each view its extremes (floats), then
   * the rows kept, the oldest first (floats).
   */
  void write(DataOutput out) throws IOException {
    Varint.write(rows, out);
    Varint.write(fittedAt, out);
    for (int view = 0; view < VIEWS; view++) {
      out.writeFloat(least[view]);
      out.writeFloat(greatest[view]);
    }
    for (int i = Math.max(0, rows - KEPT); i < rows; i++) {
      for (int view = 0; view < VIEWS; view++) {
        out.writeFloat(ring[view][i % KEPT]);
      }
    }
  }

  void read(DataInput in) throws IOException {
    rows = StateBytes.whole("residuals", in, StateBytes.MOST_ROWS);
    int grownAt = StateBytes.whole("residuals at the last growth", in, rows);
    if (rows - grownAt > REFIT) {
      throw new IOException(
          "detector: last growth must be at most %d rows ago, was %d"
              .formatted(REFIT, rows - grownAt));
    }
    for (int view = 0; view < VIEWS; view++) {
      least[view] = StateBytes.finite("residual", in.readFloat());
      greatest[view] = StateBytes.finite("residual", in.readFloat());
    }
    for (int i = Math.max(0, rows - KEPT); i < rows; i++) {
      for (int view = 0; view < VIEWS; view++) {
        ring[view][i % KEPT] = StateBytes.finite("residual", in.readFloat());
      }
    }
    if (grownAt > 0) {
      fit(grownAt);
    }
  }
}
