package io.tidewatch.cli.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One test of a test file.
 *
 * @param name for people
 * @param startMs time of the first value, milliseconds since the epoch
 * @param intervalMs between two values
 * @param series what is fed
 * @param expectations what is expected, in the order of the file
 */
record RuleTest(
    String name,
    long startMs,
    long intervalMs,
    List<Series> series,
    List<Expectation> expectations) {

  /**
   * Values of a metric of a series.
   *
   * @param values {@code NaN} where there is none
   */
  record Series(String metric, Map<String, String> labels, List<Double> values) {}

  /**
   * Which alerts of a rule are open at a time.
   *
   * @param evalTimeMs since the start
   * @param evalTime as written
   */
  record Expectation(long evalTimeMs, String evalTime, String alertname, List<Expected> alerts) {}

  /**
   * An alert.
   *
   * @param labels without {@code alertname}
   * @param status of the last event; null: any but resolved
   */
  record Expected(
      Map<String, String> labels, Map<String, String> annotations, @Nullable String status) {}
}
