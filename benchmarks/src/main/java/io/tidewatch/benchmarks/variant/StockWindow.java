package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.Sample;
import io.tidewatch.benchmarks.workload.Workload;
import java.time.Duration;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Flink's own sliding windows: each record is added to each window that covers it. */
public final class StockWindow implements FlinkVariant {

  @Override
  public String id() {
    return "window";
  }

  @Override
  public String what() {
    return "DataStream `SlidingEventTimeWindows`, DDSketch aggregate";
  }

  @Override
  public boolean isFullAtOnce() {
    return true;
  }

  @Override
  public DataStream<WindowRow> define(StreamExecutionEnvironment env, Workload workload) {
    return EventSource.samples(env, workload)
        .keyBy(Sample::key, Types.INT)
        .window(
            SlidingEventTimeWindows.of(workload.windowSize(), Duration.ofMillis(Workload.SLIDE_MS)))
        .aggregate(
            new SketchAggregate(),
            new ToRow(),
            new LibrarySketchType(),
            TypeInformation.of(WindowRow.class));
  }

  private static final class SketchAggregate
      implements AggregateFunction<Sample, LibrarySketch, LibrarySketch> {
    private static final long serialVersionUID = 1;

    @Override
    public LibrarySketch createAccumulator() {
      return new LibrarySketch();
    }

    @Override
    public LibrarySketch add(Sample sample, LibrarySketch sketch) {
      sketch.add(sample.value());
      return sketch;
    }

    @Override
    public LibrarySketch getResult(LibrarySketch sketch) {
      return sketch;
    }

    @Override
    public LibrarySketch merge(LibrarySketch into, LibrarySketch from) {
      into.merge(from);
      return into;
    }
  }

  private static final class ToRow
      implements WindowFunction<LibrarySketch, WindowRow, Integer, TimeWindow> {
    private static final long serialVersionUID = 1;

    @Override
    public void apply(
        Integer key, TimeWindow window, Iterable<LibrarySketch> only, Collector<WindowRow> out) {
      for (LibrarySketch sketch : only) {
        out.collect(sketch.row(key, window.getEnd()));
      }
    }
  }
}
