package io.tidewatch.analytics.model;

import io.tidewatch.analytics.decide.ThresholdRule;
import io.tidewatch.analytics.forest.BuiltInTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Histories of four features that are normally distributed. */
final class Histories {
  static final long START_MS = 1_700_000_000_000L;
  static final List<String> FEATURES = List.of("a", "b", "c", "d");
  static final ModelTrainer TRAINER =
      new ModelTrainer(
          new BuiltInTrainer(),
          new ForestRule("built-in", 100, 256, 0, 42),
          new ThresholdRule(0.99, 0.5, 0.55));

  private Histories() {}

  /** One row a second. */
  static List<ReservoirRow> rows(long seed, int count) {
    Random random = new Random(seed);
    List<ReservoirRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new ReservoirRow(random.nextDouble(), START_MS + i * 1_000L, normal(random)));
    }
    return rows;
  }

  static double[] normal(Random random) {
    double[] row = new double[FEATURES.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = i + random.nextGaussian();
    }
    return row;
  }
}
