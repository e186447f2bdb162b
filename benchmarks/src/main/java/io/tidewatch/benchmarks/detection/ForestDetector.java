package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.decide.Cooldown;
import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.ForestTrainer;
import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.forest.TrainingRows;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The plain forest of the first prototypes: batches of a moving window, a cooldown behind. What the
 * shipping detector is measured against. Missing values are skipped.
 */
final class ForestDetector implements RowDetector {
  private static final int HISTORY = 1_000;
  private static final int FIRST_ROWS = 100;
  private static final int REFIT_ROWS = 100;
  private static final int COOLDOWN_ROWS = 300;
  private static final ForestSettings SETTINGS = ForestSettings.ofPaper(1);

  private final ForestTrainer trainer = ForestEngines.named(ForestEngines.DEFAULT);
  private final SeriesFeatures features = new SeriesFeatures();
  private final Cooldown cooldown = new Cooldown(COOLDOWN_ROWS);
  private final Deque<double[]> history = new ArrayDeque<>();
  private @Nullable IsolationForest forest;
  private int rows;

  @Override
  public double next(long timeMs, double value) {
    if (Double.isNaN(value)) {
      return 0;
    }
    double[] row = features.next(value);
    double score = forest == null ? 0 : cooldown.admit(forest.score(row), true);
    history.addLast(row);
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
    rows++;
    if (rows >= FIRST_ROWS && rows % REFIT_ROWS == 0) {
      TrainingRows seen = TrainingRows.of(SeriesFeatures.NAMES, history.toArray(new double[0][]));
      forest = trainer.fit(seen, SETTINGS);
    }
    return score;
  }
}
