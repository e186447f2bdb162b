package io.tidewatch.benchmarks.variant;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is measured, in the order of the table. */
public final class Variants {
  private static final List<Variant> ALL =
      List.of(
          new PlainLoop(),
          new SourceOnly(),
          new StockWindow(),
          new SqlPercentile(),
          new SqlSketch(),
          new MergedPanes(),
          new RunningWindow(),
          new TidewatchWindow(Phases.ONE),
          new TidewatchWindow(Phases.TWO),
          new LatencyJobWindow(Phases.NONE),
          new LatencyJobWindow(Phases.ONE),
          new LatencyJobWindow(Phases.TWO),
          new FeatureJobWindow(Phases.NONE),
          new FeatureJobWindow(Phases.ONE),
          new FeatureJobWindow(Phases.TWO));

  private Variants() {}

  public static List<Variant> all() {
    return ALL;
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  public static Variant get(String id) {
    return ALL.stream()
        .filter(variant -> variant.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "variants: must be among "
                        + ALL.stream().map(Variant::id).collect(Collectors.joining(", "))
                        + ", was "
                        + id));
  }
}
