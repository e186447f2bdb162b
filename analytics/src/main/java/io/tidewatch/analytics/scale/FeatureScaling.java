package io.tidewatch.analytics.scale;

import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A scaler made ready for the feature vectors of its model. Stream and training scale by {@link
 * #apply}, so that the same vector and the same scaler give the same doubles bit for bit.
 *
 * <p>With {@code z_score} a value {@code x} becomes {@code (x − mean) / std}; with {@code min_max}
 * {@code lower + (x − min) / (max − min) · (upper − lower)}. The edges are those of scikit-learn
 * (reference of StandardScaler and MinMaxScaler; user guide, "Preprocessing data"):
 *
 * <ul>
 *   <li>{@code NaN}, a missing value, stays {@code NaN}, and does not count in the fit.
 *   <li>The standard deviation is that of the population, {@code numpy.std} with {@code ddof=0}.
 *   <li>A constant feature, {@code std} or {@code max − min} of 0, is divided by 1: the constant
 *       becomes 0, or {@code lower}; another value keeps its distance and can be undone. (Sums are
 *       exact here, so only what is constant is taken for it; scikit-learn allows for rounding.)
 *   <li>Values beyond those fitted lie beyond the target range, they are not clipped. Those from
 *       {@code min} to {@code max} never lie beyond {@code lower} and {@code upper}.
 *   <li>A feature that was never seen, or is not in the scaler, becomes {@code NaN}: nobody knows
 *       its scale.
 * </ul>
 *
 * <p>What does not fit a double becomes {@code NaN} too.
 *
 * <p>Error of {@code invert(apply(x))}, where no step is below the least normal double, with u =
 * 2^-53: at most {@code u·(2·|x − mean| + |x|)} for {@code z_score}, three units in the last place
 * of the greater of both; {@code u·(4·|x − min| + (max − min) / (upper − lower)·|y| + |x|)} for
 * {@code min_max}, {@code y} being the scaled value.
 *
 * <p>Immutable; 16 bytes a feature.
 */
public final class FeatureScaling {
  private final String version;
  private final double[] center;
  private final double[] divisor;
  private final double lower;
  private final double upper;
  private final double width;

  private FeatureScaling(
      String version, double[] center, double[] divisor, double lower, double upper, double width) {
    this.version = version;
    this.center = center;
    this.divisor = divisor;
    this.lower = lower;
    this.upper = upper;
    this.width = width;
  }

  /**
   * @param features names in the order of the vectors; what else the scaler has is left out
   */
  public static FeatureScaling of(Scaler scaler, List<String> features) {
    if (scaler.scaling() instanceof Scaling.MinMax target) {
      return new FeatureScaling(
          scaler.version(),
          each(features, i -> scaler.of(features.get(i)).min()),
          each(features, i -> range(scaler.of(features.get(i)))),
          target.lower(),
          target.upper(),
          target.upper() - target.lower());
    }
    return new FeatureScaling(
        scaler.version(),
        each(features, i -> scaler.of(features.get(i)).mean()),
        each(features, i -> divisor(scaler.of(features.get(i)).std())),
        0,
        Double.POSITIVE_INFINITY,
        1);
  }

  private static double[] each(List<String> features, IntToDoubleFunction value) {
    double[] values = new double[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsDouble(i);
    }
    return values;
  }

  private static double range(FeatureStatistics statistics) {
    return divisor(statistics.max() - statistics.min());
  }

  private static double divisor(double spread) {
    return spread == 0 ? 1 : spread;
  }

  /** The version of the scaler. */
  public String version() {
    return version;
  }

  /**
   * A scaled vector.
   *
   * @param values one a feature, {@code NaN} where it is missing; stays as it is
   * @throws IllegalArgumentException when it has another number of values
   */
  public double[] apply(double[] values) {
    requireLength(values);
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      double share = (values[i] - center[i]) / divisor[i];
      double value = Math.fma(share, width, lower);
      // width is rounded, so a share just below 1 might end above upper
      scaled[i] = finite(share <= 1 && value > upper ? upper : value);
    }
    return scaled;
  }

  /**
   * The vector that was scaled.
   *
   * @param scaled one a feature, {@code NaN} where it is missing; stays as it is
   * @throws IllegalArgumentException when it has another number of values
   */
  public double[] invert(double[] scaled) {
    requireLength(scaled);
    double[] values = new double[scaled.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = finite(Math.fma((scaled[i] - lower) / width, divisor[i], center[i]));
    }
    return values;
  }

  private void requireLength(double[] vector) {
    if (vector.length != center.length) {
      throw new IllegalArgumentException(
          "vector: must have one value a feature (%d), had %d"
              .formatted(center.length, vector.length));
    }
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
