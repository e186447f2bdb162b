package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Workload;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A variant that is a Flink job. */
public interface FlinkVariant extends Variant {

  /** The job without its sink. */
  DataStream<?> define(StreamExecutionEnvironment env, Workload workload);

  @Override
  default Running start(Workload workload, Setting setting) {
    return FlinkRun.start(env -> define(env, workload), setting);
  }
}
