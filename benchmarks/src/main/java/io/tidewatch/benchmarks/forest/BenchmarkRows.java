package io.tidewatch.benchmarks.forest;

import java.util.Random;

/**
 * Rows as a device's features are: some move together, scales differ, one row in a hundred lies
 * apart.
 */
final class BenchmarkRows {
  static final int ROWS = 1_000;
  static final int FEATURES = 9;

  private static final int APART = 100;

  private BenchmarkRows() {}

  static double[][] of(long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[ROWS][FEATURES];
    for (int i = 0; i < ROWS; i++) {
      double load = random.nextGaussian();
      for (int feature = 0; feature < FEATURES; feature++) {
        double value = (feature % 3 == 0 ? load : 0) + random.nextGaussian();
        rows[i][feature] = 50 + value * Math.pow(10, feature % 5 - 2);
      }
      if (i % APART == 0) {
        rows[i][i / APART % FEATURES] *= 3;
      }
    }
    return rows;
  }
}
