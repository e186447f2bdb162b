package io.tidewatch.schemas.model;

import java.util.Locale;

/**
 * How the bounds are found beyond which a value of a window is an outlier. A value on a bound is
 * none. All bounds are made of the values of the field that the window has.
 */
public enum OutlierMethod {
  /** No bounds: nothing is an outlier. */
  NONE(0, 0, Double.MAX_VALUE, OutlierAction.MARK),
  /**
   * Quartiles less and plus {@code threshold} times the distance between them (J. W. Tukey,
   * "Exploratory Data Analysis", 1977, whose fences are at 1.5).
   */
  IQR(1.5, 0, Double.MAX_VALUE, OutlierAction.MARK),
  /**
   * Mean less and plus {@code threshold} sample standard deviations; 3 of them are the limits of a
   * control chart (W. A. Shewhart, 1931). No bounds below two values.
   */
  Z_SCORE(3, Double.MIN_VALUE, Double.MAX_VALUE, OutlierAction.MARK),
  /**
   * The quantiles of {@code threshold} and 1 − {@code threshold}: that share of the values at each
   * end is beyond, however usual it is. With {@link OutlierAction#CLIP} this is winsorising (W. J.
   * Dixon, "Simplified estimation from censored normal samples", Annals of Mathematical Statistics
   * 31(2), 1960).
   */
  CLIP(0.01, Double.MIN_VALUE, Math.nextDown(0.5), OutlierAction.CLIP);

  private final double usual;
  private final double least;
  private final double most;
  private final OutlierAction action;

  OutlierMethod(double usual, double least, double most, OutlierAction action) {
    this.usual = usual;
    this.least = least;
    this.most = most;
    this.action = action;
  }

  /** The threshold where none is given. */
  public double defaultThreshold() {
    return usual;
  }

  /** The action where none is given. */
  public OutlierAction defaultAction() {
    return action;
  }

  /**
   * @throws IllegalArgumentException naming rule and value, when no bounds can be made of it
   */
  void check(double threshold) {
    if (!(threshold >= least && threshold <= most)) {
      throw new IllegalArgumentException(
          "threshold: must be %s with method %s, was %s"
              .formatted(
                  this == CLIP ? "> 0 and < 0.5" : least > 0 ? "> 0 and finite" : "≥ 0 and finite",
                  name().toLowerCase(Locale.ROOT),
                  threshold));
    }
  }
}
