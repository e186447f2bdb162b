package io.tidewatch.benchmarks.variant;

/** How much of Tidewatch's windows stands behind the source. */
enum Phases {
  /** Nothing but the {@code keyBy}: the ceiling. */
  NONE("-source", 0),

  /** Each record is sent to the windows. */
  ONE("", 0),

  /** Records are added up to partials before they are sent. */
  TWO("-two-phase", 10_000);

  private final String suffix;
  private final int maxPartials;

  Phases(String suffix, int maxPartials) {
    this.suffix = suffix;
    this.maxPartials = maxPartials;
  }

  /** Behind the name of a variant. */
  String suffix() {
    return suffix;
  }

  /** As shipped; 0 is one phase. */
  int maxPartials() {
    return maxPartials;
  }

  /** Behind the description of a variant. */
  String what() {
    return this == TWO ? ", in two phases" : "";
  }
}
