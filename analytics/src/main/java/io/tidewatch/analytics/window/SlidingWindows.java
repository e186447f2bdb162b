package io.tidewatch.analytics.window;

import io.tidewatch.schemas.model.WindowSpec;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sliding event-time windows over panes, for one series at a time. Windows are half-open {@code
 * [start, end)} and aligned to the epoch; a window fires when the watermark reaches {@code end -
 * 1}; windows without a record do not fire.
 *
 * <p>A record is late when its pane is closed, that is when the first window it belongs to has
 * fired, and the allowed lateness has passed since. So each record is either late or in all {@code
 * size / slide} windows that cover it, and the record counts of the windows that tile time add up
 * to the records that were not late.
 *
 * <p>A record that comes to a closed pane within the allowed lateness corrects the windows that
 * have fired: their results are told again, with a higher revision. Panes are kept that much
 * longer. Each such record costs up to {@code size / slide} results, so the allowed lateness is for
 * few records; for many there is the disorder that the watermark allows.
 *
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 * @param <R> result of a window
 */
public final class SlidingWindows<K, I, A, R> implements Serializable {
  private static final long serialVersionUID = 1;

  /** Returned where there is nothing to fire. */
  public static final long NONE = Long.MIN_VALUE;

  private final WindowAggregate<K, I, A, R> aggregate;
  private final long allowedLatenessMs;
  private final PaneStarts starts = new PaneStarts();

  /** Without allowed lateness. */
  public SlidingWindows(WindowAggregate<K, I, A, R> aggregate) {
    this(aggregate, Duration.ZERO);
  }

  /**
   * @param allowedLateness how long after its first window has fired a record may still correct it
   */
  public SlidingWindows(WindowAggregate<K, I, A, R> aggregate, Duration allowedLateness) {
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException(
          "allowed_lateness: must be ≥ PT0S, was " + allowedLateness);
    }
    this.aggregate = aggregate;
    this.allowedLatenessMs = allowedLateness.toMillis();
  }

  /** What is counted over the results. */
  public List<ResultCounter<R>> counters() {
    return aggregate.counters();
  }

  /**
   * Adds a record to its pane, which must not be closed; ask {@link #isClosed} first.
   *
   * @return end of the first window the record is in, when that window was not known to be needed
   *     before; {@link #NONE} when it was
   */
  public long add(K key, Panes<A> panes, I record, long eventTimeMs) {
    long slideMs = aggregate.window(key).slideMs();
    long startMs = starts.of(eventTimeMs, slideMs);
    A pane = panes.find(startMs);
    if (pane != null) {
      aggregate.add(pane, record);
      return NONE;
    }
    pane = aggregate.create(key);
    aggregate.add(pane, record);
    panes.insert(startMs, pane);
    return startMs + slideMs;
  }

  /**
   * Adds some records of a pane at once; the pane must not be closed, and {@code partial} is taken
   * over. The result is the same as if they had been added one by one.
   *
   * @param startMs start of the pane; any other time when it was cut before the slide was changed
   * @return as {@link #add}
   */
  public long merge(K key, Panes<A> panes, A partial, long startMs) {
    long slideMs = aggregate.window(key).slideMs();
    long paneMs = starts.of(startMs, slideMs);
    A pane = panes.find(paneMs);
    if (pane != null) {
      aggregate.merge(pane, partial);
      return NONE;
    }
    panes.insert(paneMs, partial);
    return paneMs + slideMs;
  }

  /**
   * Whether the pane of that time is closed: the first window it belongs to has fired.
   *
   * @param watermarkMs no record at or before this time is expected any more
   */
  public boolean isClosed(K key, long eventTimeMs, long watermarkMs) {
    long slideMs = aggregate.window(key).slideMs();
    return starts.of(eventTimeMs, slideMs) + slideMs - 1 <= watermarkMs;
  }

  /** Whether the pane of that time is closed and the allowed lateness has passed as well. */
  public boolean isLate(K key, long eventTimeMs, long watermarkMs) {
    long slideMs = aggregate.window(key).slideMs();
    return starts.of(eventTimeMs, slideMs) + slideMs - 1 + allowedLatenessMs <= watermarkMs;
  }

  /**
   * Adds a record that is not late to its pane, which is closed.
   *
   * @return the results, in order of time, of all windows it is in that have fired; the others will
   *     fire if {@link #nextEndMs} is waited for
   */
  public List<R> correct(K key, Panes<A> panes, I record, long eventTimeMs, long watermarkMs) {
    WindowSpec window = aggregate.window(key);
    long startMs = starts.of(eventTimeMs, window.slideMs());
    A pane = panes.find(startMs);
    if (pane == null) {
      pane = aggregate.create(key);
      panes.insert(startMs, pane);
    }
    aggregate.add(pane, record);
    panes.addLate(panes.firstFrom(startMs), 1);
    panes.moving(null);
    MovingWindow<A> moving = aggregate.moving(key);
    List<R> results = new ArrayList<>();
    long lastEndMs =
        Math.min(startMs + window.sizeMs(), starts.of(watermarkMs + 1, window.slideMs()));
    for (long endMs = startMs + window.slideMs(); endMs <= lastEndMs; endMs += window.slideMs()) {
      long windowStartMs = endMs - window.sizeMs();
      A merged = moving.at(panes, windowStartMs, endMs);
      if (merged != null) {
        R result = aggregate.result(key, windowStartMs, endMs, merged);
        results.add(aggregate.revised(result, panes.lateIn(windowStartMs, endMs)));
      }
    }
    return results;
  }

  /** End of the first window that has not fired. */
  public long nextEndMs(K key, long watermarkMs) {
    long slideMs = aggregate.window(key).slideMs();
    return starts.of(watermarkMs + 1, slideMs) + slideMs;
  }

  /**
   * The result of the window that ends then; null when no record lies in it, and when none ends
   * then because it was announced before the slide was changed.
   */
  public @Nullable R fire(K key, Panes<A> panes, long endMs) {
    WindowSpec window = aggregate.window(key);
    if (Math.floorMod(endMs, window.slideMs()) != 0) {
      return null;
    }
    long startMs = endMs - window.sizeMs();
    MovingWindow<A> moving = panes.moving();
    if (moving == null) {
      moving = aggregate.moving(key);
      panes.moving(moving);
    }
    A merged = moving.at(panes, startMs, endMs);
    return merged == null ? null : aggregate.result(key, startMs, endMs, merged);
  }

  /**
   * Forgets the panes that neither a window after the one that ended then nor a correction needs.
   *
   * @return when to look again: end of the next window that holds a pane already closed, or when
   *     the last of the panes kept for corrections can be forgotten; {@link #NONE} when there is no
   *     such pane (a pane still open has announced its first window when it was made)
   */
  public long advance(K key, Panes<A> panes, long endMs) {
    WindowSpec window = aggregate.window(key);
    long slideMs = window.slideMs();
    long keptMs = -starts.of(-allowedLatenessMs, slideMs);
    long nextEndMs = starts.of(endMs, slideMs) + slideMs;
    long nextStartMs = nextEndMs - window.sizeMs();
    MovingWindow<A> moving = panes.moving();
    if (moving != null) {
      moving.leave(panes, nextStartMs);
    }
    panes.dropBefore(nextStartMs - keptMs);
    if (panes.isEmpty() || panes.startMs(0) >= endMs) {
      return NONE;
    }
    long newestMs = panes.startMs(panes.size() - 1);
    return newestMs >= nextStartMs
        ? nextEndMs
        : starts.of(newestMs, slideMs) + window.sizeMs() + keptMs;
  }
}
