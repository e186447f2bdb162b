package io.tidewatch.analytics.feature;

import static io.tidewatch.analytics.feature.WindowOracle.DIGITS;
import static io.tidewatch.analytics.feature.WindowOracle.big;
import static io.tidewatch.analytics.feature.WindowOracle.bigMean;
import static io.tidewatch.analytics.feature.WindowOracle.moment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The features of one field as their definitions have them, in another form than the program where
 * there is one, in decimals. {@code NaN} where they are not defined.
 */
final class FeatureFormulas {
  private final List<Double> x;
  private final List<Long> timesMs;
  private final int n;

  FeatureFormulas(List<Double> values, List<Long> timesMs) {
    this.x = values;
    this.timesMs = timesMs;
    this.n = values.size();
  }

  double of(String feature) {
    return switch (feature) {
      case "count" -> n;
      case "mean" -> n == 0 ? Double.NaN : WindowOracle.mean(x);
      case "std" -> n < 2 ? Double.NaN : WindowOracle.std(x);
      case "min" -> n == 0 ? Double.NaN : Collections.min(x);
      case "max" -> n == 0 ? Double.NaN : Collections.max(x);
      case "range" -> n == 0 ? Double.NaN : Collections.max(x) - Collections.min(x);
      case "rms" -> n == 0 ? Double.NaN : rms();
      case "median" -> of("p50");
      case "first" -> n == 0 ? Double.NaN : x.get(0);
      case "last" -> n == 0 ? Double.NaN : x.get(n - 1);
      case "slope_per_second" -> slope();
      case "first_difference" -> n < 2 ? Double.NaN : x.get(n - 1) - x.get(n - 2);
      case "ratio_to_previous" ->
          n < 2 || x.get(n - 2) == 0 ? Double.NaN : x.get(n - 1) / x.get(n - 2);
      case "rate_of_change" ->
          n < 2 || milliseconds() == 0
              ? Double.NaN
              : big(x.get(n - 1))
                  .subtract(big(x.get(0)))
                  .multiply(big(1000))
                  .divide(big(milliseconds()), DIGITS)
                  .doubleValue();
      case "moving_average_5" -> n < 5 ? Double.NaN : WindowOracle.mean(x.subList(n - 5, n));
      case "moving_average_15" -> n < 15 ? Double.NaN : WindowOracle.mean(x.subList(n - 15, n));
      case "volatility_10" ->
          n < 11 ? Double.NaN : WindowOracle.std(differences().subList(n - 11, n - 1));
      case "skewness" -> n < 3 || constant() ? Double.NaN : skewness();
      case "kurtosis" -> n < 4 || constant() ? Double.NaN : kurtosis();
      case "zero_crossings" -> n == 0 ? Double.NaN : zeroCrossings();
      case "mean_absolute_change" ->
          n < 2 ? Double.NaN : WindowOracle.mean(differences().stream().map(Math::abs).toList());
      default -> n == 0 ? Double.NaN : WindowOracle.quantile(x, percent(feature) / 100.0);
    };
  }

  private static int percent(String feature) {
    return Integer.parseInt(feature.substring(1));
  }

  private double milliseconds() {
    return timesMs.get(n - 1) - timesMs.get(0);
  }

  private boolean constant() {
    return Collections.min(x).equals(Collections.max(x));
  }

  private List<Double> differences() {
    List<Double> differences = new ArrayList<>();
    for (int i = 1; i < n; i++) {
      differences.add(x.get(i) - x.get(i - 1));
    }
    return differences;
  }

  private double rms() {
    return x.stream()
        .map(value -> big(value).pow(2))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(big(n), DIGITS)
        .sqrt(DIGITS)
        .doubleValue();
  }

  /** The normal equations: {@code (nΣtx − ΣtΣx) / (nΣt² − (Σt)²)}. */
  private double slope() {
    if (n < 2 || milliseconds() == 0) {
      return Double.NaN;
    }
    BigDecimal t = BigDecimal.ZERO;
    BigDecimal tt = BigDecimal.ZERO;
    BigDecimal tx = BigDecimal.ZERO;
    for (int i = 0; i < n; i++) {
      BigDecimal seconds = new BigDecimal(timesMs.get(i)).movePointLeft(3);
      t = t.add(seconds);
      tt = tt.add(seconds.multiply(seconds));
      tx = tx.add(seconds.multiply(big(x.get(i))));
    }
    BigDecimal sum = bigMean(x).multiply(big(n));
    return big(n)
        .multiply(tx)
        .subtract(t.multiply(sum))
        .divide(big(n).multiply(tt).subtract(t.multiply(t)), DIGITS)
        .doubleValue();
  }

  /** {@code G1 = √(n(n − 1)) / (n − 2) · g1}, of the moments of the population. */
  private double skewness() {
    BigDecimal m2 = moment(x, 2).divide(big(n), DIGITS);
    BigDecimal m3 = moment(x, 3).divide(big(n), DIGITS);
    BigDecimal g1 = m3.divide(m2.multiply(m2.sqrt(DIGITS)), DIGITS);
    return g1.multiply(big(n).multiply(big(n - 1)).sqrt(DIGITS))
        .divide(big(n - 2), DIGITS)
        .doubleValue();
  }

  /** {@code G2 = (n − 1) / ((n − 2)(n − 3)) · ((n + 1) · g2 + 6)}, of those of the population. */
  private double kurtosis() {
    BigDecimal m2 = moment(x, 2).divide(big(n), DIGITS);
    BigDecimal m4 = moment(x, 4).divide(big(n), DIGITS);
    BigDecimal g2 = m4.divide(m2.multiply(m2), DIGITS).subtract(big(3));
    return g2.multiply(big(n + 1))
        .add(big(6))
        .multiply(big(n - 1))
        .divide(big(n - 2).multiply(big(n - 3)), DIGITS)
        .doubleValue();
  }

  private int zeroCrossings() {
    List<Double> notZero = x.stream().filter(value -> value != 0).toList();
    int crossings = 0;
    for (int i = 1; i < notZero.size(); i++) {
      crossings += notZero.get(i) > 0 != notZero.get(i - 1) > 0 ? 1 : 0;
    }
    return crossings;
  }
}
