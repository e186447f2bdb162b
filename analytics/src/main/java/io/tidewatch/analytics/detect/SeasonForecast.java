package io.tidewatch.analytics.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the next value is expected to be, by three simple forecasts: the level (exponentially
 * weighted, half-life one day), the median of the same time one, two and three days ago, and that
 * of one, two and three weeks ago. Each counts by the inverse fourth power of its mean absolute
 * error of late, so that a season is used as far as the series has one, and is dropped when it
 * ends. A median of three days does not echo an anomaly of one of them.
 *
 * <p>Source: combining forecasts by the inverse of their errors is from J. M. Bates, C. W. J.
 * Granger, "The Combination of Forecasts", Operational Research Quarterly 20(4), 1969, with the
 * squares there.
 */
final class SeasonForecast {
  /** Half-life in rows where there is no day. */
  static final int NO_DAY = 256;

  private static final int LEVEL = 0;
  private static final int DAYS = 1;
  private static final int WEEKS = 2;
  private static final int FORECASTS = 3;

  /** Errors after which a forecast is believed where there is no day; else a day of errors. */
  private static final int FEWEST = 30;

  private final double[] forecasts = new double[FORECASTS];
  private final WeightedMean[] errors = {
    new WeightedMean(), new WeightedMean(), new WeightedMean()
  };
  private WeightedMean error = new WeightedMean();
  private WeightedMean level = new WeightedMean();
  private double forecast = Double.NaN;

  /** Forecasts the row that comes next; {@code NaN} before the first one. */
  double forecast(SeasonRows season) {
    forecasts[LEVEL] = level.mean();
    forecasts[DAYS] = season.medianOfDays();
    forecasts[WEEKS] = season.medianOfWeeks();
    forecast = combined(Math.max(FEWEST, season.day()));
    return forecast;
  }

  private double combined(int believed) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < FORECASTS; i++) {
      if (speaks(i, believed)) {
        least = Math.min(least, errors[i].mean());
      }
    }
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < FORECASTS; i++) {
      if (speaks(i, believed)) {
        double ratio = errors[i].mean() == least ? 1 : least / errors[i].mean();
        double weight = ratio * ratio * ratio * ratio;
        sum += weight * forecasts[i];
        weights += weight;
      }
    }
    return weights > 0 ? sum / weights : level.mean();
  }

  private boolean speaks(int i, int believed) {
    return !Double.isNaN(forecasts[i]) && errors[i].count() >= believed;
  }

  /** Mean absolute error of late, in units of the values; {@code NaN} before there is one. */
  double error() {
    return error.mean();
  }

  /** Learns the value that was forecast last. */
  void learn(double value, int day) {
    double share = WeightedMean.share(day == 0 ? NO_DAY : day);
    for (int i = 0; i < FORECASTS; i++) {
      if (!Double.isNaN(forecasts[i])) {
        errors[i].add(Math.abs(value - forecasts[i]), share);
      }
    }
    if (!Double.isNaN(forecast)) {
      error.add(Math.abs(value - forecast), share);
    }
    level.add(value, share);
  }

  /** Level, own error, then those of the forecasts. */
  void write(DataOutput out) throws IOException {
    level.write(out);
    error.write(out);
    for (WeightedMean each : errors) {
      each.write(out);
    }
  }

  static SeasonForecast read(DataInput in) throws IOException {
    SeasonForecast forecast = new SeasonForecast();
    forecast.level = WeightedMean.read(in);
    forecast.error = WeightedMean.read(in);
    for (int i = 0; i < FORECASTS; i++) {
      forecast.errors[i] = WeightedMean.read(in);
    }
    return forecast;
  }
}
