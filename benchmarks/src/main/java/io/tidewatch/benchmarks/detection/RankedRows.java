package io.tidewatch.benchmarks.detection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rows with scores, of which it is known which are anomalous. All figures are by rows: each row of
 * an anomaly must be reported, and what is near one is still false.
 */
final class RankedRows {
  private final double[] scores;
  private final boolean[] anomalous;
  private final int[] ranked;
  private final int anomalies;

  /**
   * How reports and labels agree.
   *
   * @param threshold rows that score at least this are reported
   * @param f1 harmonic mean of precision and recall, 0 to 1
   * @param falseAlarmRate share of the normal rows that were reported (FAR), 0 to 1
   * @param missedAlarmRate share of the anomalous rows that were not (MAR), 0 to 1
   */
  record Alarms(double threshold, double f1, double falseAlarmRate, double missedAlarmRate) {}

  /**
   * @param scores one a row
   * @param anomalous one a row; some are, some are not
   */
  RankedRows(double[] scores, boolean[] anomalous) {
    if (scores.length != anomalous.length) {
      throw new IllegalArgumentException(
          "scores: must be of %d rows, were of %d".formatted(anomalous.length, scores.length));
    }
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("scores: must be numbers, one was NaN");
    }
    this.scores = scores;
    this.anomalous = anomalous;
    this.ranked =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> -scores[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.anomalies =
        (int) IntStream.range(0, anomalous.length).filter(row -> anomalous[row]).count();
  }

  /**
   * Area under the ROC curve: how likely an anomalous row scores above a normal one, a tie being
   * worth half; 0 to 1, 0.5 is chance. The trapezia below the curve, which is the same.
   */
  double area() {
    double area = 0;
    int found = 0;
    int falseRows = 0;
    for (int from = 0, to; from < ranked.length; from = to) {
      to = endOfTie(from);
      int foundBefore = found;
      int falseBefore = falseRows;
      for (int i = from; i < to; i++) {
        found += anomalous[ranked[i]] ? 1 : 0;
        falseRows += anomalous[ranked[i]] ? 0 : 1;
      }
      area += (falseRows - falseBefore) * (found + (double) foundBefore) / 2;
    }
    return area / ((double) anomalies * (ranked.length - anomalies));
  }

  /** With the threshold among all scores that has the best F1; of several, the highest. */
  Alarms best() {
    double best = -1;
    double threshold = Double.NaN;
    int found = 0;
    for (int from = 0, to; from < ranked.length; from = to) {
      to = endOfTie(from);
      for (int i = from; i < to; i++) {
        found += anomalous[ranked[i]] ? 1 : 0;
      }
      double f1 = f1(found, to);
      if (f1 > best) {
        best = f1;
        threshold = scores[ranked[from]];
      }
    }
    return at(threshold);
  }

  /** With a given threshold. */
  Alarms at(double threshold) {
    int found = 0;
    int reported = 0;
    for (int row = 0; row < scores.length; row++) {
      if (scores[row] >= threshold) {
        reported++;
        found += anomalous[row] ? 1 : 0;
      }
    }
    return new Alarms(
        threshold,
        f1(found, reported),
        (reported - found) / (double) (scores.length - anomalies),
        (anomalies - found) / (double) anomalies);
  }

  private double f1(int found, int reported) {
    return 2.0 * found / (reported + anomalies);
  }

  private int endOfTie(int from) {
    int to = from;
    while (to < ranked.length && scores[ranked[to]] == scores[ranked[from]]) {
      to++;
    }
    return to;
  }
}
