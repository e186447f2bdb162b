package io.tidewatch.benchmarks.sketch;

import com.datadoghq.sketch.ddsketch.DDSketches;

/** The sketches, set to about one percent where they can be told. */
public enum SketchKind {
  TIDEWATCH("Tidewatch's `QuantileSketch`, 1 % of the value"),
  DD_UNBOUNDED_DENSE("sketches-java `unboundedDense`, 1 % of the value"),
  DD_COLLAPSING_LOWEST("sketches-java `collapsingLowestDense`, 1 % of the value, 2,048 bins"),
  DD_LOGARITHMIC("sketches-java `logarithmicUnboundedDense`, 1 % of the value, fewest bins"),
  DD_SPARSE("sketches-java `sparse`, 1 % of the value, bins in a tree"),
  HDR("HdrHistogram `DoubleHistogram`, two significant digits; bytes deflated"),
  T_DIGEST("t-digest `MergingDigest`, compression 100, no bound on the value"),
  KLL("datasketches `KllDoublesSketch`, k = 200: 1.3 % of the rank"),
  REQ("datasketches `ReqSketch`, k = 12, high ranks accurate, floats: an error of the rank");

  private static final double RELATIVE_ERROR = 0.01;
  private static final int MAX_BINS = 2048;

  private final String what;

  SketchKind(String what) {
    this.what = what;
  }

  QuantileSummary create() {
    return switch (this) {
      case TIDEWATCH -> new TidewatchSummary();
      case DD_UNBOUNDED_DENSE -> new DdSummary(DDSketches.unboundedDense(RELATIVE_ERROR));
      case DD_COLLAPSING_LOWEST ->
          new DdSummary(DDSketches.collapsingLowestDense(RELATIVE_ERROR, MAX_BINS));
      case DD_LOGARITHMIC -> new DdSummary(DDSketches.logarithmicUnboundedDense(RELATIVE_ERROR));
      case DD_SPARSE -> new DdSummary(DDSketches.sparse(RELATIVE_ERROR));
      case HDR -> new HdrSummary();
      case T_DIGEST -> new TDigestSummary();
      case KLL -> new KllSummary();
      case REQ -> new ReqSummary();
    };
  }

  /** A line for the document. */
  String what() {
    return what;
  }
}
