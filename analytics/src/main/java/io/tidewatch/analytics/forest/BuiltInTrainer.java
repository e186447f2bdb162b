package io.tidewatch.analytics.forest;

import org.jspecify.annotations.Nullable;

/**
 * The engine built in. Algorithms 1 and 2 of Liu et al. 2008; with an extension level those of
 * Hariri et al.
 *
 * <p>It differs from the papers where they leave a choice or waste one. A cut is drawn among the
 * features that vary in the node (so does scikit-learn): constant ones would use up depth without
 * parting anything. {@code c} is exact ({@link PathLength}). A training row that lacks the value
 * that is cut goes to a side by chance, as likely as those that have it.
 *
 * <p>Time: at most rows of a sample × depth, for each tree; memory: one sample.
 */
public final class BuiltInTrainer implements ForestTrainer {
  static final String NAME = "built-in";

  @Override
  public String engine() {
    return NAME;
  }

  @Override
  public IsolationForest fit(TrainingRows rows, ForestSettings settings) {
    ForestBuilder builder = new ForestBuilder(rows, settings);
    TreeSamples samples = new TreeSamples(rows, settings);
    @Nullable StandardUnits units = builder.units();
    NodeRows sample = new NodeRows(rows, samples.size(), units);
    int maxDepth = samples.maxDepth();
    for (int tree = 0; tree < settings.trees(); tree++) {
      TreeRandom random = new TreeRandom(settings.seed(), tree);
      sample.take(samples.of(tree));
      CutChoice choice =
          units == null
              ? new AxisCutChoice(sample, random)
              : new ObliqueCutChoice(sample, random, settings.extensionLevel() + 1);
      new TreeGrowth(builder, sample, choice, maxDepth).grow(builder.tree());
    }
    return builder.forest(NAME, rows, settings);
  }
}
