package io.tidewatch.analytics.window;

/**
 * How far the windows by points of one series have come: the state of {@link PointWindows}. Panes
 * start at positions, not at times. Mutable, not for use by several threads.
 *
 * @param <A> accumulator of a pane
 */
public final class PointSeries<A> {
  final int size;
  final int slide;
  final Panes<A> panes;

  /** Event time of the first point of each window that has begun, by its position. */
  final Panes<Long> beginsMs;

  /** How many points have come: the position of the next. */
  long points;

  /** Event time of the last point. */
  long lastMs;

  /** Last millisecond of the last window that was told; {@link Long#MIN_VALUE} before the first. */
  long toldMs;

  /**
   * A series without a point.
   *
   * @param size points in each of its windows
   * @param slide points from window to window
   */
  public PointSeries(int size, int slide) {
    this(size, slide, 0, Long.MIN_VALUE, Long.MIN_VALUE, new Panes<>(), new Panes<>());
  }

  PointSeries(
      int size,
      int slide,
      long points,
      long lastMs,
      long toldMs,
      Panes<A> panes,
      Panes<Long> beginsMs) {
    this.size = size;
    this.slide = slide;
    this.points = points;
    this.lastMs = lastMs;
    this.toldMs = toldMs;
    this.panes = panes;
    this.beginsMs = beginsMs;
  }

  /** How many points have come that are in no window told so far. */
  public long untold() {
    return points < size ? points : (points - size) % slide;
  }
}
