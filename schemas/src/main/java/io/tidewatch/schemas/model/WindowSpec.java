package io.tidewatch.schemas.model;

import java.time.Duration;

/**
 * A sliding event-time window: each {@code slide} a result over the last {@code size}. Windows are
 * aligned to the epoch; {@code size} is a whole number of slides, so that every record belongs to
 * exactly {@code size / slide} windows and the windows that end at a multiple of {@code size} tile
 * time.
 *
 * @param size length of a window
 * @param slide distance between the ends of two windows; also the length of a pane
 */
public record WindowSpec(Duration size, Duration slide) implements ModelWindow {

  public WindowSpec {
    if (slide.toMillis() < 1) {
      throw new IllegalArgumentException("slide: must be ≥ PT0.001S, was " + slide);
    }
    if (size.compareTo(slide) < 0) {
      throw new IllegalArgumentException("slide: must be ≤ size (" + size + "), was " + slide);
    }
    if (size.toMillis() % slide.toMillis() != 0) {
      throw new IllegalArgumentException(
          "size: must be a whole number of slides (" + slide + "), was " + size);
    }
  }

  /** Length of a window in milliseconds. */
  public long sizeMs() {
    return size.toMillis();
  }

  /** Length of a pane, the distance between two windows, in milliseconds. */
  public long slideMs() {
    return slide.toMillis();
  }

  @Override
  public WindowSpec panes() {
    return this;
  }
}
