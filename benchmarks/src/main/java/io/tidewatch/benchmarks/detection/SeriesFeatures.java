package io.tidewatch.benchmarks.detection;

import java.util.List;

/**
 * What a plain forest is shown of a single series: the value, its difference to the one before,
 * moving means of 5 and 15 values, standard deviation of 10. Where fewer were seen, those there
 * are.
 */
final class SeriesFeatures {
  static final List<String> NAMES =
      List.of("value", "difference", "mean_5", "mean_15", "deviation_10");

  private static final int LONGEST = 15;

  private final double[] last = new double[LONGEST];
  private int seen;

  /** The features of the row with this value. */
  double[] next(double value) {
    double difference = seen == 0 ? 0 : value - last[(seen - 1) % LONGEST];
    last[seen % LONGEST] = value;
    seen++;
    return new double[] {value, difference, mean(5), mean(LONGEST), deviation(10)};
  }

  private double mean(int values) {
    int count = Math.min(values, seen);
    double sum = 0;
    for (int back = 1; back <= count; back++) {
      sum += last[(seen - back) % LONGEST];
    }
    return sum / count;
  }

  private double deviation(int values) {
    int count = Math.min(values, seen);
    double mean = mean(values);
    double squares = 0;
    for (int back = 1; back <= count; back++) {
      double apart = last[(seen - back) % LONGEST] - mean;
      squares += apart * apart;
    }
    return Math.sqrt(squares / count);
  }
}
