package io.tidewatch.schemas.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/**
 * A sliding window that counts points instead of time: the first result once {@code size} points of
 * a device have come, then one each {@code slide} points over the last {@code size}. Points are
 * counted in order of event time, from the first of the device.
 *
 * @param size points in a window, at least 1
 * @param slide points from the begin of a window to that of the next, 1 to {@code size}
 * @param forgetAfter a device that has sent no point for so long, in event time, begins anew: what
 *     it had sent towards the next window is dropped, and its next point is its first
 */
public record PointWindowSpec(int size, int slide, Duration forgetAfter) implements ModelWindow {

  /**
   * A day: longer than a shift, a night or a maintenance, after which points still belong together,
   * and short enough that the state of devices that are gone does not pile up.
   */
  public static final Duration DEFAULT_FORGET_AFTER = Duration.ofDays(1);

  public PointWindowSpec {
    if (size < 1) {
      throw new IllegalArgumentException("size: must be ≥ 1 points, was " + size);
    }
    if (slide < 1 || slide > size) {
      throw new IllegalArgumentException(
          "slide: must be 1 to size (" + size + ") points, was " + slide);
    }
    if (forgetAfter.toMillis() < 1) {
      throw new IllegalArgumentException("forget_after: must be ≥ PT0.001S, was " + forgetAfter);
    }
  }

  /**
   * Windows that share a part of their points with the one before.
   *
   * @param overlap that part, from 0 to less than 1; {@code size · (1 − overlap)}, the slide, is a
   *     whole number
   * @throws IllegalArgumentException naming key, rule and value
   */
  public static PointWindowSpec overlapping(int size, double overlap, Duration forgetAfter) {
    if (!(overlap >= 0 && overlap < 1)) {
      throw new IllegalArgumentException("overlap: must be ≥ 0 and < 1, was " + overlap);
    }
    // In decimals, as a person wrote it: 100 × (1 − 0.9) is 9.999999999999998 in doubles.
    BigDecimal share = BigDecimal.ONE.subtract(BigDecimal.valueOf(overlap));
    BigDecimal slide = BigDecimal.valueOf(size).multiply(share);
    if (slide.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          "overlap: must make the slide, size × (1 − overlap), a whole number of points, was %s of %d points"
              .formatted(overlap, size));
    }
    return new PointWindowSpec(size, slide.intValueExact(), forgetAfter);
  }

  /** Panes of as many points as divide both size and slide. */
  @Override
  public WindowSpec panes() {
    int pane = BigInteger.valueOf(size).gcd(BigInteger.valueOf(slide)).intValueExact();
    return new WindowSpec(Duration.ofMillis(size), Duration.ofMillis(pane));
  }
}
