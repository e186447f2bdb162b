package io.tidewatch.analytics.model;

import io.tidewatch.analytics.decide.DecisionRule;
import io.tidewatch.analytics.decide.ThresholdRule;
import java.io.Serializable;
import java.time.Duration;

/**
 * The life of the models of a job.
 *
 * @param scope whose rows are scored by one model
 * @param forest how forests are grown
 * @param history what they are trained from
 * @param training when they are trained
 * @param threshold above which a score is beyond what the training has seen
 * @param decision which of those people should know of
 * @param keptVersions former versions that can be gone back to, 0 to {@value #MOST_KEPT}
 * @param cachedForests forests a subtask keeps ready to score, at least 1
 * @param forgetAfter a key without a row for this long, in event time, is forgotten with all it
 *     learnt; longer than the day of the context
 */
public record ModelSettings(
    ModelScope scope,
    ForestRule forest,
    HistoryRule history,
    TrainingRule training,
    ThresholdRule threshold,
    DecisionRule decision,
    int keptVersions,
    int cachedForests,
    Duration forgetAfter)
    implements Serializable {

  static final int MOST_KEPT = 100;

  public ModelSettings {
    if (training.warmUpRows() > history.rows()) {
      throw new IllegalArgumentException(
          "training.warm_up_rows: must be ≤ history.rows (%d), was %d"
              .formatted(history.rows(), training.warmUpRows()));
    }
    if (keptVersions < 0 || keptVersions > MOST_KEPT) {
      throw new IllegalArgumentException(
          "kept_versions: must be 0 to %d, was %d".formatted(MOST_KEPT, keptVersions));
    }
    if (cachedForests < 1) {
      throw new IllegalArgumentException("cached_forests: must be ≥ 1, was " + cachedForests);
    }
    if (forgetAfter.compareTo(Duration.ofDays(1)) <= 0) {
      throw new IllegalArgumentException("forget_after: must be > P1D, was " + forgetAfter);
    }
  }
}
