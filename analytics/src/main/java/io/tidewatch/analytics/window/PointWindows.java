package io.tidewatch.analytics.window;

import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sliding windows that count points, for one series at a time. Points are numbered from 0 in order
 * of event time, those of one millisecond in the order of {@link PointSource#compare}; window k
 * holds the points {@code [k · slide, k · slide + size)} and is told with its last point. So the
 * windows depend on the points alone, not on the order in which they came, provided that each waits
 * until the watermark has passed it.
 *
 * <p>A record is late when the watermark is at or beyond it: its place among the points is taken.
 *
 * <p>The range of a window runs from its first point to 1 ms after its last. Ends ascend from
 * window to window of a series, so that an end names one window, and whoever looks at them in order
 * sees each: where several windows end in the same millisecond, each is said to end 1 ms after the
 * one before.
 *
 * <p>A series begins anew, with position 0, at the first point that is {@code forgetAfter} or more
 * behind the one before, and where the windows of its model were changed. What it had towards its
 * next window is dropped then.
 *
 * <p>Memory: an accumulator for each pane of a window, that is {@code size / gcd(size, slide)} and
 * one more, and two longs for each window that has begun. Panes are merged as those of time are:
 * the window a {@link WindowAggregate} speaks of counts in positions here.
 *
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 * @param <R> result of a window
 */
public final class PointWindows<K, I, A, R> implements Serializable {
  private static final long serialVersionUID = 1;

  private final PointSource<K, I> source;
  private final WindowAggregate<K, I, A, R> aggregate;

  /**
   * @param aggregate whose {@link WindowAggregate#window} is {@link PointWindowSpec#panes}
   */
  public PointWindows(PointSource<K, I> source, WindowAggregate<K, I, A, R> aggregate) {
    this.source = source;
    this.aggregate = aggregate;
  }

  /** What is counted over the results. */
  public List<ResultCounter<R>> counters() {
    return aggregate.counters();
  }

  /** Whether a record of that time comes too late to be a point. */
  public boolean isLate(long eventTimeMs, long watermarkMs) {
    return eventTimeMs <= watermarkMs;
  }

  /**
   * A series that begins.
   *
   * @param before the one of this key that is over; null when there is none
   */
  public PointSeries<A> begin(K key, @Nullable PointSeries<A> before) {
    PointWindowSpec window = source.window(key);
    PointSeries<A> series = new PointSeries<>(window.size(), window.slide());
    if (before != null) {
      series.toldMs = before.toldMs;
    }
    return series;
  }

  /** Whether a series has ended by that time: it was silent, or its windows are others now. */
  public boolean isOver(K key, PointSeries<A> series, long timeMs) {
    PointWindowSpec window = source.window(key);
    return series.size != window.size()
        || series.slide != window.slide()
        || timeMs - newestMs(series) >= window.forgetAfter().toMillis();
  }

  /**
   * When to ask {@link #isOver} next, unless a point comes. Rounded up, by less than {@code
   * forgetAfter}, so that many points ask for the same time.
   */
  public long overAtMs(K key, PointSeries<A> series) {
    long forgetAfterMs = source.window(key).forgetAfter().toMillis();
    long silentMs = newestMs(series) + forgetAfterMs;
    return silentMs + Math.floorMod(-silentMs, forgetAfterMs);
  }

  /** Not before the last window's end, so that none after the silence ends like it. */
  private static long newestMs(PointSeries<?> series) {
    return Math.max(series.lastMs, series.toldMs);
  }

  /**
   * Adds all points of one millisecond to a series that is not over by then.
   *
   * @param points at least one; sorted in place
   * @param timeMs later than that of all points before
   * @return the windows that end with one of them, in order
   */
  public List<R> add(K key, PointSeries<A> series, List<I> points, long timeMs) {
    points.sort(source::compare);
    List<R> results = new ArrayList<>();
    series.lastMs = timeMs;
    WindowSpec window = aggregate.window(key);
    for (I point : points) {
      add(key, series, window.slideMs(), point);
      if (series.points >= series.size && series.untold() == 0) {
        results.add(tell(key, series));
      }
    }
    return results;
  }

  private void add(K key, PointSeries<A> series, long paneSize, I point) {
    long position = series.points;
    if (position % series.slide == 0) {
      series.beginsMs.insert(position, series.lastMs);
    }
    long start = position - position % paneSize;
    A pane = series.panes.find(start);
    if (pane == null) {
      pane = aggregate.create(key);
      series.panes.insert(start, pane);
    }
    aggregate.add(pane, point);
    series.points++;
  }

  private R tell(K key, PointSeries<A> series) {
    long end = series.points;
    long start = end - series.size;
    MovingWindow<A> moving = series.panes.moving();
    if (moving == null) {
      moving = aggregate.moving(key);
      series.panes.moving(moving);
    }
    A merged = present(moving.at(series.panes, start, end));
    long startMs = present(series.beginsMs.find(start));
    series.toldMs = Math.max(series.lastMs, series.toldMs + 1);
    R result = aggregate.result(key, startMs, series.toldMs + 1, merged);
    moving.leave(series.panes, start + series.slide);
    series.panes.dropBefore(start + series.slide);
    series.beginsMs.dropBefore(start + series.slide);
    return result;
  }

  /** A window is told when all its points are there. */
  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("points: must be in their panes, were not");
    }
    return value;
  }
}
