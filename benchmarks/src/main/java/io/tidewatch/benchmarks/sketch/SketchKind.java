package io.tidewatch.benchmarks.sketch;

import com.datadoghq.sketch.ddsketch.DDSketches;
import java.util.function.Supplier;

/** The sketches, set to about one percent where they can be told. */
public enum SketchKind {
  TIDEWATCH(TidewatchSummary::new, "Tidewatch's `QuantileSketch`, 1 % of the value"),
  DD_UNBOUNDED_DENSE(
      () -> new DdSummary(DDSketches.unboundedDense(0.01)),
      "sketches-java `unboundedDense`, 1 % of the value"),
  DD_COLLAPSING_LOWEST(
      () -> new DdSummary(DDSketches.collapsingLowestDense(0.01, 2048)),
      "sketches-java `collapsingLowestDense`, 1 % of the value, 2,048 bins"),
  DD_LOGARITHMIC(
      () -> new DdSummary(DDSketches.logarithmicUnboundedDense(0.01)),
      "sketches-java `logarithmicUnboundedDense`, 1 % of the value, fewest bins"),
  DD_SPARSE(
      () -> new DdSummary(DDSketches.sparse(0.01)),
      "sketches-java `sparse`, 1 % of the value, bins in a tree"),
  HDR(HdrSummary::new, "HdrHistogram `DoubleHistogram`, two significant digits"),
  T_DIGEST(TDigestSummary::new, "t-digest `MergingDigest`, compression 100, no bound on the value"),
  KLL(KllSummary::new, "datasketches `KllDoublesSketch`, k = 200: 1.3 % of the rank"),
  REQ(ReqSummary::new, "datasketches `ReqSketch`, k = 12, high ranks accurate: error of the rank");

  private final Supplier<QuantileSummary> empty;
  private final String what;

  SketchKind(Supplier<QuantileSummary> empty, String what) {
    this.empty = empty;
    this.what = what;
  }

  QuantileSummary create() {
    return empty.get();
  }

  /** A line for the document. */
  String what() {
    return what;
  }
}
