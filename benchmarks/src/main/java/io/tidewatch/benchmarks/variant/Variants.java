package io.tidewatch.benchmarks.variant;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is measured, in the order of the tables. */
public final class Variants {
  private static final List<Variant> WINDOWS =
      List.of(
          new PlainLoop(),
          new SqlPercentile(),
          new MergedPanes(),
          new StockWindow(),
          new SqlSketch(),
          new RunningWindow(),
          new SourceOnly(),
          new TidewatchWindow(Phases.ONE),
          new WithoutCheckpoints(new TidewatchWindow(Phases.ONE)),
          new TidewatchWindow(Phases.TWO),
          new LatencyJobWindow(Phases.NONE),
          new LatencyJobWindow(Phases.ONE),
          new LatencyJobWindow(Phases.TWO),
          new FeatureJobWindow(Phases.NONE),
          new FeatureJobWindow(Phases.ONE),
          new FeatureJobWindow(Phases.TWO));

  private static final List<Variant> FEATURES = List.copyOf(FeatureJob.ALL);

  private static final List<Variant> ALL =
      Stream.concat(WINDOWS.stream(), FEATURES.stream()).toList();

  private Variants() {}

  /** Those of {@code bench windows}. */
  public static List<Variant> windows() {
    return WINDOWS;
  }

  /** Those of {@code bench features}. */
  public static List<Variant> features() {
    return FEATURES;
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  public static Variant get(String id) {
    return among(ALL, id);
  }

  /**
   * Names in the order of the table; none named is all.
   *
   * @throws IllegalArgumentException when there is none of such a name
   */
  public static List<String> named(List<Variant> table, List<String> ids) {
    ids.forEach(id -> among(table, id));
    return table.stream().map(Variant::id).filter(id -> ids.isEmpty() || ids.contains(id)).toList();
  }

  private static Variant among(List<Variant> table, String id) {
    return table.stream()
        .filter(variant -> variant.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "variants: must be among "
                        + table.stream().map(Variant::id).collect(Collectors.joining(", "))
                        + ", was "
                        + id));
  }
}
