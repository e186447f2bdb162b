package io.tidewatch.benchmarks.forest;

import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.TrainingRows;
import io.tidewatch.analytics.forest.TreeSamples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import smile.anomaly.IsolationForest;
import smile.anomaly.IsolationTree;

/** Smile's own. */
record SmileScorer(IsolationForest forest) implements AnomalyScorer {
  private static final int MAX_DEPTH = 8;

  /** Its {@code fit} forgets the sample, so each tree is given its rows. */
  static SmileScorer ofSamples(double[][] rows, ForestSettings settings) {
    var features = IntStream.range(0, rows[0].length).mapToObj(i -> "f" + i).toList();
    TreeSamples samples = new TreeSamples(TrainingRows.of(features, rows), settings);
    IsolationTree[] trees = new IsolationTree[settings.trees()];
    for (int tree = 0; tree < trees.length; tree++) {
      List<double[]> sample = Arrays.stream(samples.of(tree)).mapToObj(row -> rows[row]).toList();
      trees[tree] = new IsolationTree(sample, MAX_DEPTH, 0);
    }
    return new SmileScorer(new IsolationForest(samples.size(), 0, trees));
  }

  static SmileScorer ofAllRows(double[][] rows) {
    double share = (double) ForestKind.SAMPLE_ROWS / rows.length;
    return new SmileScorer(IsolationForest.fit(rows, ForestKind.TREES, MAX_DEPTH, share, 0));
  }

  @Override
  public double score(double[] row) {
    return forest.score(row);
  }

  @Override
  public double[] scores(double[][] rows) {
    return forest.score(rows);
  }

  @Override
  public Object attribution(double[] row) {
    throw new UnsupportedOperationException("Smile says nothing about features");
  }
}
