package io.tidewatch.benchmarks.forest;

import com.amazon.randomcutforest.RandomCutForest;
import io.tidewatch.analytics.forest.ForestSettings;
import java.util.Arrays;

/** Random Cut Forest, without forgetting, on the caller's thread. */
record RandomCutScorer(RandomCutForest forest) implements AnomalyScorer {

  static RandomCutScorer grow(double[][] rows, ForestSettings settings) {
    RandomCutForest forest =
        RandomCutForest.builder()
            .dimensions(rows[0].length)
            .numberOfTrees(settings.trees())
            .sampleSize(settings.sampleRows())
            .timeDecay(0)
            .randomSeed(settings.seed())
            .parallelExecutionEnabled(false)
            .build();
    for (double[] row : rows) {
      forest.update(floats(row));
    }
    return new RandomCutScorer(forest);
  }

  @Override
  public double score(double[] row) {
    return forest.getAnomalyScore(floats(row));
  }

  @Override
  public double[] scores(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(this::score).toArray();
  }

  @Override
  public Object attribution(double[] row) {
    return forest.getAnomalyAttribution(floats(row));
  }

  /** As the library takes them. */
  private static float[] floats(double[] row) {
    float[] floats = new float[row.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) row[i];
    }
    return floats;
  }
}
