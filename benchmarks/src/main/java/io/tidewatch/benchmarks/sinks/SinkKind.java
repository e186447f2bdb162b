package io.tidewatch.benchmarks.sinks;

/** Ways into the table. */
enum SinkKind {
  STOCK("the sink of Flink's JDBC connector, as it comes"),
  STOCK_REWRITTEN("the same with `reWriteBatchedInserts`, which fails where a key stands twice"),
  TIDEWATCH("the writer of the jobs, as it is shipped"),
  COPY("`COPY` of each batch, which replaces no row: the ceiling");

  private final String what;

  SinkKind(String what) {
    this.what = what;
  }

  String what() {
    return what;
  }
}
