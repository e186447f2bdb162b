package io.tidewatch.benchmarks.forest;

import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.ForestTrainer;
import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.forest.TrainingRows;
import java.util.stream.IntStream;

/** Tidewatch's. */
record FlatScorer(IsolationForest forest) implements AnomalyScorer {

  static FlatScorer grow(ForestTrainer trainer, double[][] rows, ForestSettings settings) {
    var features = IntStream.range(0, rows[0].length).mapToObj(i -> "f" + i).toList();
    return new FlatScorer(trainer.fit(TrainingRows.of(features, rows), settings));
  }

  @Override
  public double score(double[] row) {
    return forest.score(row);
  }

  @Override
  public double[] scores(double[][] rows) {
    return forest.scores(rows);
  }

  @Override
  public double[] attribution(double[] row) {
    return forest.attribution(row);
  }
}
