package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Workload;
import java.util.Arrays;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.AggregateFunction;

/**
 * Flink SQL with the best function one can give it. It can be merged, so SQL slices the windows and
 * aggregates in two phases.
 */
public final class SqlSketch implements FlinkVariant {

  @Override
  public String id() {
    return "sql-sketch";
  }

  @Override
  public String what() {
    return "Flink SQL `HOP`, DDSketch aggregate";
  }

  @Override
  public DataStream<WindowRow> define(StreamExecutionEnvironment env, Workload workload) {
    StreamTableEnvironment tables = Sql.environment(env, workload);
    tables.createTemporarySystemFunction("SKETCH_PERCENTILES", SketchPercentiles.class);
    return Sql.windows(tables, workload.windowSize(), "SKETCH_PERCENTILES(v)");
  }

  /** SQL calls {@code accumulate} and {@code merge} by name. */
  @FunctionHint(
      accumulator =
          @DataTypeHint(
              value = "RAW",
              bridgedTo = LibrarySketch.class,
              rawSerializer = LibrarySketchSerializer.class),
      output = @DataTypeHint("ARRAY<DOUBLE>"))
  public static final class SketchPercentiles extends AggregateFunction<Double[], LibrarySketch> {
    private static final long serialVersionUID = 1;

    @Override
    public LibrarySketch createAccumulator() {
      return new LibrarySketch();
    }

    public void accumulate(LibrarySketch sketch, double value) {
      sketch.add(value);
    }

    public void merge(LibrarySketch sketch, Iterable<LibrarySketch> others) {
      for (LibrarySketch other : others) {
        sketch.merge(other);
      }
    }

    @Override
    public Double[] getValue(LibrarySketch sketch) {
      return Arrays.stream(sketch.percentiles()).boxed().toArray(Double[]::new);
    }
  }
}
