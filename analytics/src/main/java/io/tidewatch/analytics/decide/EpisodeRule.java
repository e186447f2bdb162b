package io.tidewatch.analytics.decide;

import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One message an episode, where scores do not fade by themselves: after a row that was told nothing
 * is told for the cooldown, unless it is more severe; then what still goes on is told again. All in
 * event time.
 *
 * <p>The cooldown is never shorter than a window: windows that overlap hold the same readings, and
 * what is wrong with one of these is in all of them.
 *
 * @param cooldown zero to {@value #MOST_DAYS} days
 */
public record EpisodeRule(Duration cooldown) {
  /** Who hears of a fault once in a week has forgotten it. */
  static final int MOST_DAYS = 7;

  public EpisodeRule {
    if (cooldown.isNegative() || cooldown.compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
      throw new IllegalArgumentException(
          "cooldown: must be PT0S to P%dD, was %s".formatted(MOST_DAYS, cooldown));
    }
  }

  /**
   * What is decided of a row by what was told before it; told, it is to be {@linkplain #after
   * kept}. A row that is not beyond the threshold stays as it is.
   *
   * @param last null where nothing was told yet
   * @param startMs start of its window, milliseconds since the epoch
   * @param endMs end of its window
   */
  public RowVerdict decide(RowVerdict verdict, @Nullable Episode last, long startMs, long endMs) {
    return verdict.beyond()
        ? verdict.suppressedBy(suppresses(last, startMs, endMs, verdict.severity()))
        : verdict;
  }

  /**
   * Why a row beyond the threshold is not told; null when it is. The row that was told is told
   * again, as a repetition or correction of it comes; of rows before it nobody knows any more, they
   * are kept quiet like those after.
   */
  private @Nullable Suppression suppresses(
      @Nullable Episode last, long startMs, long endMs, Severity severity) {
    if (last == null || endMs == last.toldMs()) {
      return null;
    }
    boolean worse = endMs > last.toldMs() && severity.compareTo(last.severity()) > 0;
    boolean near = Math.abs(endMs - last.toldMs()) < quietMs(startMs, endMs);
    return near && !worse ? Suppression.COOLDOWN : null;
  }

  /** What is to be kept once a row was told: the newest of both. */
  public static Episode after(@Nullable Episode last, long endMs, Severity severity) {
    return last == null || endMs > last.toldMs() ? new Episode(endMs, severity) : last;
  }

  /** Whether an episode has no say in rows from this window on. */
  public boolean isOver(Episode episode, long startMs, long endMs) {
    return endMs - episode.toldMs() >= quietMs(startMs, endMs);
  }

  private long quietMs(long startMs, long endMs) {
    return Math.max(cooldown.toMillis(), endMs - startMs);
  }
}
