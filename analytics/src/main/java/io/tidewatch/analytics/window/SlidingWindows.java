package io.tidewatch.analytics.window;

import io.tidewatch.schemas.model.WindowSpec;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Sliding event-time windows over panes, for one series at a time. Windows are half-open {@code
 * [start, end)} and aligned to the epoch; a window fires when the watermark reaches {@code end -
 * 1}; windows without a record do not fire.
 *
 * <p>A record is late when its pane is closed, that is when the first window it belongs to has
 * fired. So each record is either late or in all {@code size / slide} windows that cover it, and
 * the record counts of the windows that tile time add up to the records that were not late.
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

  public SlidingWindows(WindowAggregate<K, I, A, R> aggregate) {
    this.aggregate = aggregate;
  }

  /**
   * Adds a record to its pane; ask {@link #isLate} first.
   *
   * @return end of the first window the record is in, when that window was not known to be needed
   *     before; {@link #NONE} when it was
   */
  public long add(K key, Panes<A> panes, I record, long eventTimeMs) {
    long slideMs = aggregate.window(key).slideMs();
    long startMs = paneStartMs(eventTimeMs, slideMs);
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
   * Whether the pane of that time is closed.
   *
   * @param watermarkMs no record at or before this time is expected any more
   */
  public boolean isLate(K key, long eventTimeMs, long watermarkMs) {
    long slideMs = aggregate.window(key).slideMs();
    return paneStartMs(eventTimeMs, slideMs) + slideMs - 1 <= watermarkMs;
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
   * Forgets the panes that no window after the one that ended then will need.
   *
   * @return end of the next window that holds a pane already closed; {@link #NONE} when there is
   *     none (a pane still open has announced its first window when it was made)
   */
  public long advance(K key, Panes<A> panes, long endMs) {
    WindowSpec window = aggregate.window(key);
    long nextEndMs = paneStartMs(endMs, window.slideMs()) + window.slideMs();
    long nextStartMs = nextEndMs - window.sizeMs();
    MovingWindow<A> moving = panes.moving();
    if (moving != null) {
      moving.leave(panes, nextStartMs);
    }
    panes.dropBefore(nextStartMs);
    return !panes.isEmpty() && panes.startMs(0) < endMs ? nextEndMs : NONE;
  }

  private static long paneStartMs(long eventTimeMs, long slideMs) {
    return eventTimeMs - Math.floorMod(eventTimeMs, slideMs);
  }
}
