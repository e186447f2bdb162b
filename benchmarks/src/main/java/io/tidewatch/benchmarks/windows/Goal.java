package io.tidewatch.benchmarks.windows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Something that was promised of a ratio or a figure.
 *
 * @param text what is compared
 * @param target the promise
 * @param reached what was measured; empty when it was not
 * @param atMost whether the promise is an upper limit
 */
public record Goal(String text, double target, OptionalDouble reached, boolean atMost) {
  private static final List<Integer> OVERLAPS = List.of(1, 10, 60, 600);

  /** The goals of the windows, in their order. */
  static List<Goal> of(Results results) {
    RunSpec tidewatch = new RunSpec("tidewatch", 1, Plan.OVERLAP, Plan.RATE);
    RunSpec twoPhase = tidewatch.withVariant("tidewatch-two-phase");
    RunSpec lowRate = new RunSpec("tidewatch", 1, Plan.OVERLAP, Plan.LOW_RATE);
    RunSpec once = new RunSpec("tidewatch-two-phase", 1, Plan.OVERLAP, Plan.ONCE);
    RunSpec latency = tidewatch.withVariant("latency");
    RunSpec features = tidewatch.withVariant("features");
    return List.of(
        atLeast("`tidewatch` / `source`", 0.85, results, tidewatch, "source"),
        atLeast("`tidewatch` / `window`", 100, results, tidewatch, "window"),
        atLeast("`tidewatch` / `sql-sketch`", 4, results, tidewatch, "sql-sketch"),
        spread(results, "tidewatch"),
        spread(results, "tidewatch-without-checkpoints"),
        atLeast("`tidewatch` / `running`, 10 records a key", 1.5, results, lowRate, "running"),
        atLeast("`tidewatch-two-phase` / `source`", 1.5, results, twoPhase, "source"),
        atLeast(
            "`tidewatch-two-phase` / `tidewatch`, keys do not repeat",
            0.95,
            results,
            once,
            "tidewatch"),
        atLeast(
            "`tidewatch-two-phase` / `tidewatch`, keys do not repeat, overlap 1",
            0.95,
            results,
            new RunSpec("tidewatch-two-phase", 1, 1, Plan.ONCE),
            "tidewatch"),
        atLeast("`latency` / `latency-source`", 0.85, results, latency, "latency-source"),
        atLeast(
            "`latency-two-phase` / `latency-source`",
            1.5,
            results,
            latency.withVariant("latency-two-phase"),
            "latency-source"),
        atLeast("`features` / `features-source`", 0.85, results, features, "features-source"),
        atLeast(
            "`features-two-phase` / `features-source`",
            1.5,
            results,
            features.withVariant("features-two-phase"),
            "features-source"));
  }

  private static Goal atLeast(
      String text, double target, Results results, RunSpec spec, String other) {
    return atLeast(text, target, results.ratio(spec, spec.withVariant(other)));
  }

  /**
   * A lower limit.
   *
   * @param measured its median is what was reached; empty when it was not measured
   */
  public static Goal atLeast(String text, double target, Optional<Figure> measured) {
    OptionalDouble reached =
        measured.isPresent() ? OptionalDouble.of(measured.get().median()) : OptionalDouble.empty();
    return new Goal(text, target, reached, false);
  }

  /** How far the overlaps lie from the one of the main table; only when all were measured. */
  private static Goal spread(Results results, String variant) {
    RunSpec main = new RunSpec(variant, 1, Plan.OVERLAP, Plan.RATE);
    double[] ratios =
        OVERLAPS.stream()
            .map(overlap -> new RunSpec(variant, 1, overlap, Plan.RATE))
            .flatMap(spec -> results.ratio(spec, main).stream())
            .mapToDouble(Figure::median)
            .toArray();
    OptionalDouble largest =
        ratios.length < OVERLAPS.size()
            ? OptionalDouble.empty()
            : DoubleStream.of(ratios).map(ratio -> Math.abs(ratio - 1)).max();
    return new Goal(
        "`%s`, overlap 1 to 600: largest deviation".formatted(variant), 0.10, largest, true);
  }

  /** Whether it was measured and the promise held. */
  public boolean isReached() {
    return reached.isPresent()
        && (atMost ? reached.getAsDouble() <= target : reached.getAsDouble() >= target);
  }

  /** A line of the table. */
  public String line() {
    return "| %s | %s %s | %s | %s |"
        .formatted(
            text,
            atMost ? "≤" : "≥",
            number(target),
            reached.isPresent() ? number(reached.getAsDouble()) : "not measured",
            reached.isEmpty() ? "" : isReached() ? "yes" : "no");
  }

  /** Adds them to a line of JSON. */
  public static void put(ObjectNode root, List<Goal> goals) {
    ArrayNode array = root.putArray("goals");
    for (Goal goal : goals) {
      ObjectNode node = array.addObject().put("goal", goal.text()).put("target", goal.target());
      goal.reached().ifPresent(reached -> node.put("measured", reached));
      node.put("reached", goal.isReached());
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }
}
