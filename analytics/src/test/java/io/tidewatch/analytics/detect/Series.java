package io.tidewatch.analytics.detect;

import java.util.Random;

/** Series for tests, a row every five minutes. */
final class Series {
  private static final int DAY = 288;

  private Series() {}

  static long timeMs(int row) {
    return 1_700_000_000_000L + row * 300_000L;
  }

  /** A day of 50 around 100, noise of 2. */
  static double[] daily(long seed, int rows) {
    Random random = new Random(seed);
    double[] series = new double[rows];
    for (int i = 0; i < rows; i++) {
      series[i] = 100 + 25 * Math.sin(2 * Math.PI * i / DAY) + 2 * random.nextGaussian();
    }
    return series;
  }

  static double[] noise(long seed, int rows) {
    return new Random(seed).doubles(rows, -1, 1).toArray();
  }

  /** A level that wanders within bounds. */
  static double[] walk(long seed, int rows) {
    Random random = new Random(seed);
    double[] series = new double[rows];
    for (int i = 1; i < rows; i++) {
      series[i] = 0.97 * series[i - 1] + random.nextGaussian();
    }
    return series;
  }

  /** Heavy tails that grow by the row, at a level that never comes back. */
  static double[] wild(long seed, int rows) {
    Random random = new Random(seed);
    double[] series = new double[rows];
    for (int i = 0; i < rows; i++) {
      series[i] = i * 0.1 + Math.pow(random.nextGaussian(), 5) * (1 + i * i * 1e-6);
    }
    return series;
  }
}
