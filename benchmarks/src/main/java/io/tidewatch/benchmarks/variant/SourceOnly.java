package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.Sample;
import io.tidewatch.benchmarks.workload.Workload;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the shuffle alone costs. */
public final class SourceOnly implements FlinkVariant {

  @Override
  public String id() {
    return "source";
  }

  @Override
  public String what() {
    return "the same source and `keyBy` with nothing behind: the ceiling";
  }

  @Override
  public boolean isFullAtOnce() {
    return true;
  }

  @Override
  public DataStream<Sample> define(StreamExecutionEnvironment env, Workload workload) {
    return EventSource.samples(env, workload).keyBy(Sample::key, Types.INT);
  }
}
