package io.tidewatch.engines.smile;

import io.tidewatch.analytics.forest.ForestBuilder;
import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.ForestTrainer;
import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.forest.StandardUnits;
import io.tidewatch.analytics.forest.TrainingRows;
import io.tidewatch.analytics.forest.TreeSamples;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import smile.anomaly.GrownNode;
import smile.anomaly.IsolationTree;

/**
 * Trees grown by Smile 3.1.1. What its own {@code fit} gets wrong is done here: it gives each tree
 * all rows, whatever sample it is asked for, and grows trees on threads that no seed reaches. So
 * each tree is given its rows, and grown on the caller's thread.
 *
 * <p>Smile knows no missing values: rows that lack one are left out. Its cuts of constant features,
 * which part nothing, are left out too, but they have used up depth.
 *
 * <p>Smile draws normally distributed numbers from one source for the whole process. Trees grow one
 * after the other, across all trainers; other users of Smile in the process, at the same time, can
 * disturb the seed.
 */
public final class SmileTrainer implements ForestTrainer {

  /** For {@link java.util.ServiceLoader}. */
  public SmileTrainer() {}

  @Override
  public String engine() {
    return "smile";
  }

  @Override
  public IsolationForest fit(TrainingRows rows, ForestSettings settings) {
    TrainingRows complete = complete(rows);
    ForestBuilder builder = new ForestBuilder(complete, settings);
    TreeSamples samples = new TreeSamples(complete, settings);
    @Nullable StandardUnits units = builder.units();
    for (int tree = 0; tree < settings.trees(); tree++) {
      List<double[]> sample = new ArrayList<>(samples.size());
      for (int row : samples.of(tree)) {
        sample.add(units == null ? complete.row(row) : units.of(complete.row(row)));
      }
      GrownNode root = GrownNode.rootOf(grow(sample, samples.maxDepth(), settings, tree));
      if (units == null) {
        AxisConversion.convert(builder, builder.tree(), root, sample);
      } else {
        new PlaneConversion(builder, settings.extensionLevel() + 1)
            .convert(builder.tree(), root, sample);
      }
    }
    return builder.forest(engine(), complete, settings);
  }

  private static TrainingRows complete(TrainingRows rows) {
    try {
      return rows.complete();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; the engine smile uses rows without missing values only", e);
    }
  }

  private static IsolationTree grow(
      List<double[]> sample, int maxDepth, ForestSettings settings, int tree) {
    synchronized (SmileTrainer.class) {
      SmileSeed.set(settings.seed(), tree);
      return new IsolationTree(sample, maxDepth, settings.extensionLevel());
    }
  }
}
