package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.DetectorSettings.Votes;
import io.tidewatch.analytics.detect.Judgement;
import io.tidewatch.analytics.detect.SeriesDetector;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A detector by name.
 *
 * @param name by which it is asked for
 * @param what it is, a line for the document
 * @param threshold a row is an anomaly when its score is at least this, on all data
 * @param factory a detector for a new series
 */
record DetectorVariant(String name, String what, double threshold, Supplier<RowDetector> factory) {
  /** Liu et al. 2008, figure 3: rows that score at least this may be anomalies. */
  static final double SCORE_OF_PAPER = 0.6;

  private static final long SEED = 0;

  /** Of a detector that scores 0 or 1. */
  private static final double YES = 0.5;

  /** In the order of the document. */
  static final List<DetectorVariant> ALL =
      List.of(
          shipped("shipped", "the detector of single series as shipped", Votes.ALL),
          shipped(
              "without forest",
              "the same without its trees: range rules and gap alone; their scores are others, so"
                  + " only optimised thresholds mean anything",
              Votes.RULES),
          shipped("forest alone", "the same, only its trees; likewise", Votes.FORESTS),
          new DetectorVariant(
              "null", "reports nothing; 0 by NAB's rules", YES, () -> (timeMs, value) -> 0),
          new DetectorVariant("every row", "reports every row", YES, () -> (timeMs, value) -> 1),
          new DetectorVariant(
              "range",
              "the value lies outside all values seen so far by more than 2 % of their range;"
                  + " silent for 10 rows after a report",
              YES,
              RangeDetector::new),
          new DetectorVariant(
              "forest",
              "isolation forest (engine `built-in`, 100 trees of 256 rows), grown anew every 100"
                  + " rows from the last 1,000, on value, difference, means of 5 and 15, deviation"
                  + " of 10; keeps scores above all of the last 300 rows",
              SCORE_OF_PAPER,
              ForestDetector::new));

  private static DetectorVariant shipped(String name, String what, Votes votes) {
    DetectorSettings settings = DetectorSettings.shipped().withVotes(votes);
    return new DetectorVariant(
        name, what, settings.threshold(), () -> new Shipped(SeriesDetector.create(settings, SEED)));
  }

  private static final class Shipped implements RowDetector {
    private final SeriesDetector detector;
    private double surprise;

    Shipped(SeriesDetector detector) {
      this.detector = detector;
    }

    @Override
    public double next(long timeMs, double value) {
      Judgement judgement = detector.next(timeMs, value);
      surprise = judgement.surprise();
      return judgement.score();
    }

    @Override
    public double surprise(double score) {
      return surprise;
    }
  }

  /** Whether it finds anything out; the others are yardsticks. */
  boolean looksAtRows() {
    return !name.equals("null") && !name.equals("every row");
  }

  /**
   * Those of these names, in the order of the names; all where there are none.
   *
   * @throws IllegalArgumentException when there is none of a name
   */
  static List<DetectorVariant> named(List<String> names) {
    if (names.isEmpty()) {
      return ALL;
    }
    Map<String, DetectorVariant> byName =
        ALL.stream().collect(Collectors.toMap(DetectorVariant::name, Function.identity()));
    return names.stream()
        .flatMap(
            name -> {
              DetectorVariant variant = byName.get(name);
              if (variant == null) {
                throw new IllegalArgumentException(
                    "--variants: must be among %s, was %s"
                        .formatted(
                            ALL.stream()
                                .map(DetectorVariant::name)
                                .collect(Collectors.joining(", ")),
                            name));
              }
              return Stream.of(variant);
            })
        .toList();
  }
}
