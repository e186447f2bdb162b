package io.tidewatch.analytics.forest;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up rows for tests of forests. */
final class ForestRows {
  private ForestRows() {}

  static List<String> names(int features) {
    return IntStream.range(0, features).mapToObj(i -> "f" + i).toList();
  }

  /** Normally distributed, each feature with a scale and a place of its own. */
  static double[][] normal(long seed, int rows, int features) {
    Random random = new Random(seed);
    double[][] values = new double[rows][features];
    for (double[] row : values) {
      for (int i = 0; i < features; i++) {
        row[i] = (random.nextGaussian() + i) * Math.pow(10, i % 5 - 2);
      }
    }
    return values;
  }

  /** A row in the middle of {@link #normal}, some features moved by so many deviations. */
  static double[] row(int features, double deviations, int... moved) {
    double[] row = new double[features];
    for (int i = 0; i < features; i++) {
      row[i] = i * Math.pow(10, i % 5 - 2);
    }
    for (int i : moved) {
      row[i] += deviations * Math.pow(10, i % 5 - 2);
    }
    return row;
  }

  static IsolationForest grown(double[][] rows, int extensionLevel, long seed) {
    return new BuiltInTrainer()
        .fit(
            TrainingRows.of(names(rows[0].length), rows),
            new ForestSettings(100, 256, extensionLevel, seed));
  }
}
