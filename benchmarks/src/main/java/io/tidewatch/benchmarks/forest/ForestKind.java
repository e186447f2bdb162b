package io.tidewatch.benchmarks.forest;

import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.forest.ForestSettings;

/** The forests, each of {@value #TREES} trees of {@value #SAMPLE_ROWS} rows where not said. */
public enum ForestKind {
  TIDEWATCH("engine `built-in`"),
  SMILE_ENGINE("engine `smile`: trees grown by Smile, in Tidewatch's flat form"),
  SMILE_TREES("Smile's trees of 256 rows each, grown one by one, scored by Smile"),
  SMILE_FIT(
      "Smile's `IsolationForest.fit(data, 100, 8, 0.256, 0)`, which gives each tree all rows"),
  RANDOM_CUT("randomcutforest-core, rows added one after the other; learns as it goes");

  static final int TREES = 100;
  static final int SAMPLE_ROWS = 256;

  private final String what;

  ForestKind(String what) {
    this.what = what;
  }

  AnomalyScorer grow(double[][] rows, long seed) {
    ForestSettings settings = new ForestSettings(TREES, SAMPLE_ROWS, 0, seed);
    return switch (this) {
      case TIDEWATCH -> FlatScorer.grow(ForestEngines.named("built-in"), rows, settings);
      case SMILE_ENGINE -> FlatScorer.grow(ForestEngines.named("smile"), rows, settings);
      case SMILE_TREES -> SmileScorer.ofSamples(rows, settings);
      case SMILE_FIT -> SmileScorer.ofAllRows(rows);
      case RANDOM_CUT -> RandomCutScorer.grow(rows, settings);
    };
  }

  /** A line for the document. */
  String what() {
    return what;
  }
}
