package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.model.ScoreHistogram;
import io.tidewatch.schemas.derived.ScoreContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The scores of the day before a row, by hours, as the anomaly job keeps them: 24 hours that have
 * ended and the one that has not.
 */
final class ScoresOfDay {
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final long DAY_MS = Duration.ofHours(24).toMillis();

  private final Deque<Hour> hours = new ArrayDeque<>();

  private record Hour(long startMs, ScoreHistogram scores) {}

  /**
   * What was scored before a row, and the score of the row added to it.
   *
   * @param timeMs not before that of any row before
   * @param score {@code NaN} where there is none; then nothing is added
   */
  ScoreContext contextOf(long timeMs, double score) {
    long startMs = Math.floorDiv(timeMs, HOUR_MS) * HOUR_MS;
    if (hours.isEmpty() || hours.getLast().startMs() < startMs) {
      hours.addLast(new Hour(startMs, new ScoreHistogram()));
    }
    hours.removeIf(hour -> hour.startMs() < startMs - DAY_MS);
    ScoreHistogram whole = new ScoreHistogram();
    hours.forEach(hour -> whole.merge(hour.scores()));
    if (!Double.isNaN(score)) {
      hours.getLast().scores().add(score);
    }
    return whole.context(score);
  }
}
