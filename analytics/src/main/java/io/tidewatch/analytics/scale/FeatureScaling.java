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
 * <p>Each value is scaled as {@link Normalisation} says. A missing value, {@code NaN}, stays
 * missing and does not count in the fit. The standard deviation is that of the population, {@code
 * numpy.std} with {@code ddof=0}. (Sums are exact here, so only what is constant has no spread;
 * scikit-learn allows for rounding.) A feature that was never seen, or is not in the scaler,
 * becomes {@code NaN}: nobody knows its scale.
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
  private final Scaling scaling;

  private FeatureScaling(String version, double[] center, double[] divisor, Scaling scaling) {
    this.version = version;
    this.center = center;
    this.divisor = divisor;
    this.scaling = scaling;
  }

  /**
   * @param features names in the order of the vectors; what else the scaler has is left out
   */
  public static FeatureScaling of(Scaler scaler, List<String> features) {
    boolean minMax = scaler.scaling() instanceof Scaling.MinMax;
    return new FeatureScaling(
        scaler.version(),
        each(features, i -> center(scaler.of(features.get(i)), minMax)),
        each(features, i -> Normalisation.divisor(spread(scaler.of(features.get(i)), minMax))),
        scaler.scaling());
  }

  private static double[] each(List<String> features, IntToDoubleFunction value) {
    double[] values = new double[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsDouble(i);
    }
    return values;
  }

  private static double center(FeatureStatistics statistics, boolean minMax) {
    return minMax ? statistics.min() : statistics.mean();
  }

  private static double spread(FeatureStatistics statistics, boolean minMax) {
    return minMax ? statistics.max() - statistics.min() : statistics.std();
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
      scaled[i] =
          scaling instanceof Scaling.MinMax target
              ? Normalisation.scale(
                  values[i], center[i], divisor[i], target.lower(), target.upper())
              : Normalisation.scale(values[i], center[i], divisor[i]);
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
      double share =
          scaling instanceof Scaling.MinMax target
              ? (scaled[i] - target.lower()) / (target.upper() - target.lower())
              : scaled[i];
      values[i] = Normalisation.finite(Math.fma(share, divisor[i], center[i]));
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
}
