package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Workload;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink SQL as it comes: exact, keeps every value. */
public final class SqlPercentile implements FlinkVariant {

  @Override
  public String id() {
    return "sql-percentile";
  }

  @Override
  public String what() {
    return "Flink SQL `HOP`, built-in `PERCENTILE` (exact)";
  }

  @Override
  public DataStream<WindowRow> define(StreamExecutionEnvironment env, Workload workload) {
    return Sql.windows(
        Sql.environment(env, workload),
        workload.windowSize(),
        "PERCENTILE(v, ARRAY[0.50, 0.95, 0.99])");
  }
}
