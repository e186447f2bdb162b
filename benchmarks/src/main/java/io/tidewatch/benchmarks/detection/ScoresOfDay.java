package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.model.ScoreHistogram;
import io.tidewatch.analytics.model.ScoreHours;
import io.tidewatch.schemas.derived.ScoreContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The scores of the day before a row, by hours, as the anomaly job keeps them: 24 hours that have
 * ended and the one that has not.
 */
final class ScoresOfDay {
  private final Deque<Hour> hours = new ArrayDeque<>();

  private record Hour(long startMs, ScoreHistogram scores) {}

  /**
   * What was scored before a row, and the score of the row added to it.
   *
   * @param timeMs not before that of any row before
   * @param score {@code NaN} where there is none; then nothing is added
   */
  ScoreContext contextOf(long timeMs, double score) {
    long startMs = ScoreHours.startOf(timeMs);
    if (hours.isEmpty() || hours.getLast().startMs() < startMs) {
      hours.addLast(new Hour(startMs, new ScoreHistogram()));
    }
    hours.removeIf(hour -> !ScoreHours.isOfDay(hour.startMs(), startMs));
    ScoreHistogram whole = new ScoreHistogram();
    hours.forEach(hour -> whole.merge(hour.scores()));
    if (!Double.isNaN(score)) {
      hours.getLast().scores().add(score);
    }
    return whole.context(score);
  }
}
