package io.tidewatch.analytics.feature;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.OutlierAction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of one window, cleaned naively: lists of boxed values, null where one is missing, and
 * all arithmetic in decimals of 34 digits, rounded once at the end. Shares nothing with the program
 * but the definitions.
 */
final class WindowOracle {
  static final MathContext DIGITS = MathContext.DECIMAL128;

  /** What is there after cleaning, in order. */
  final List<Double> values = new ArrayList<>();

  final List<Long> timesMs = new ArrayList<>();
  int missing;
  int outliers;
  int imputed;

  private WindowOracle() {}

  /** All records of a window, in any order. */
  static WindowOracle of(List<DeviceTelemetry> records, int field, Cleaning cleaning) {
    Comparator<DeviceTelemetry> order = Comparator.comparingLong(DeviceTelemetry::eventTimeMs);
    for (int i = 0; i < records.get(0).values().length; i++) {
      int at = i;
      order = order.thenComparing(record -> record.values()[at]); // NaN last, as Double has it
    }
    List<DeviceTelemetry> inOrder = records.stream().sorted(order).toList();
    List<@Nullable Double> column = new ArrayList<>();
    for (DeviceTelemetry record : inOrder) {
      double value = record.values()[field];
      column.add(Double.isNaN(value) ? null : Double.valueOf(value));
    }
    List<Long> times = inOrder.stream().map(DeviceTelemetry::eventTimeMs).toList();
    WindowOracle oracle = new WindowOracle();
    oracle.missing = (int) column.stream().filter(Objects::isNull).count();
    oracle.outliers(column, cleaning);
    List<@Nullable Double> filled = new ArrayList<>();
    for (int i = 0; i < column.size(); i++) {
      Double value = column.get(i);
      filled.add(value != null ? value : replacement(column, times, i, cleaning));
      oracle.imputed += value == null && filled.get(i) != null ? 1 : 0;
    }
    for (int i = 0; i < filled.size(); i++) {
      Double value = filled.get(i);
      if (value != null) {
        oracle.values.add(value);
        oracle.timesMs.add(times.get(i));
      }
    }
    return oracle;
  }

  private void outliers(List<@Nullable Double> column, Cleaning cleaning) {
    List<Double> present = present(column);
    double threshold = cleaning.outliers().threshold();
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    if (!present.isEmpty()) {
      switch (cleaning.outliers().method()) {
        case NONE -> {}
        case IQR -> {
          double first = quantile(present, 0.25);
          double third = quantile(present, 0.75);
          low = first - threshold * (third - first);
          high = third + threshold * (third - first);
        }
        case Z_SCORE -> {
          if (present.size() > 1) {
            low = mean(present) - threshold * std(present);
            high = mean(present) + threshold * std(present);
          }
        }
        case CLIP -> {
          low = quantile(present, threshold);
          high = quantile(present, 1 - threshold);
        }
      }
    }
    for (int i = 0; i < column.size(); i++) {
      Double value = column.get(i);
      if (value != null && (value < low || value > high)) {
        outliers++;
        OutlierAction action = cleaning.outliers().action();
        if (action == OutlierAction.REMOVE) {
          column.set(i, null);
        } else if (action == OutlierAction.CLIP) {
          column.set(i, value < low ? low : high);
        }
      }
    }
  }

  private static @Nullable Double replacement(
      List<@Nullable Double> column, List<Long> times, int at, Cleaning cleaning) {
    int before = at;
    while (before >= 0 && column.get(before) == null) {
      before--;
    }
    int after = at;
    while (after < column.size() && column.get(after) == null) {
      after++;
    }
    Double earlier = before < 0 ? null : column.get(before);
    Double later = after == column.size() ? null : column.get(after);
    List<Double> present = present(column);
    return switch (cleaning.missing()) {
      case DROP -> null;
      case FORWARD_FILL -> earlier;
      case BACKWARD_FILL -> later;
      case MEAN -> present.isEmpty() ? null : Double.valueOf(mean(present));
      case MEDIAN -> present.isEmpty() ? null : Double.valueOf(quantile(present, 0.5));
      case INTERPOLATE -> {
        if (earlier == null || later == null) {
          yield null;
        }
        long whole = times.get(after) - times.get(before);
        BigDecimal share =
            whole == 0
                ? new BigDecimal("0.5")
                : new BigDecimal(times.get(at) - times.get(before))
                    .divide(new BigDecimal(whole), DIGITS);
        yield big(earlier)
            .add(big(later).subtract(big(earlier)).multiply(share, DIGITS))
            .doubleValue();
      }
    };
  }

  private static List<Double> present(List<@Nullable Double> column) {
    List<Double> present = new ArrayList<>();
    for (Double value : column) {
      if (value != null) {
        present.add(value);
      }
    }
    return present;
  }

  static double mean(List<Double> values) {
    return bigMean(values).doubleValue();
  }

  static BigDecimal bigMean(List<Double> values) {
    return values.stream()
        .map(WindowOracle::big)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(new BigDecimal(values.size()), DIGITS);
  }

  /** Sum of the powers of the distances from the mean. */
  static BigDecimal moment(List<Double> values, int power) {
    BigDecimal mean = bigMean(values);
    return values.stream()
        .map(value -> big(value).subtract(mean).pow(power, DIGITS))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static double std(List<Double> values) {
    return moment(values, 2)
        .divide(new BigDecimal(values.size() - 1), DIGITS)
        .sqrt(DIGITS)
        .doubleValue();
  }

  static double quantile(List<Double> values, double q) {
    List<Double> sorted = values.stream().sorted().toList();
    BigDecimal rank = new BigDecimal(sorted.size() - 1).multiply(big(q));
    int below = rank.intValue();
    int above = Math.min(below + 1, sorted.size() - 1);
    BigDecimal share = rank.subtract(new BigDecimal(below));
    BigDecimal low = big(sorted.get(below));
    return low.add(big(sorted.get(above)).subtract(low).multiply(share)).doubleValue();
  }

  static BigDecimal big(double value) {
    return new BigDecimal(value);
  }
}
