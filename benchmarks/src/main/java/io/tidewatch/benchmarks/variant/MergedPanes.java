package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.Sample;
import io.tidewatch.benchmarks.workload.Workload;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Prototype: a library sketch a slide, all of a window merged whenever one fires. */
public final class MergedPanes implements FlinkVariant {

  @Override
  public String id() {
    return "panes";
  }

  @Override
  public String what() {
    return "prototype: panes merged at every slide, keyed process function";
  }

  @Override
  public DataStream<WindowRow> define(StreamExecutionEnvironment env, Workload workload) {
    return EventSource.samples(env, workload)
        .keyBy(Sample::key, Types.INT)
        .process(new Merge(workload.overlap()), TypeInformation.of(WindowRow.class));
  }

  @SuppressWarnings("NullAway.Init") // set by open()
  private static final class Merge extends KeyedProcessFunction<Integer, Sample, WindowRow> {
    private static final long serialVersionUID = 1;

    private final int overlap;
    private transient ValueState<Ring<LibrarySketch>> state;

    Merge(int overlap) {
      this.overlap = overlap;
    }

    @Override
    public void open(OpenContext context) {
      state =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("panes", new MergedPanesSerializer()));
    }

    @Override
    public void processElement(Sample sample, Context context, Collector<WindowRow> out)
        throws Exception {
      Ring<LibrarySketch> panes = state.value();
      if (panes == null) {
        panes = new Ring<>(overlap);
      }
      long number = sample.timeMs() / Workload.SLIDE_MS;
      LibrarySketch pane = panes.get(number);
      if (pane == null) {
        pane = new LibrarySketch();
        panes.put(number, pane);
        context.timerService().registerEventTimeTimer((number + 1) * Workload.SLIDE_MS - 1);
      }
      pane.add(sample.value());
      state.update(panes);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<WindowRow> out)
        throws Exception {
      Ring<LibrarySketch> panes = state.value();
      long end = (timestamp + 1) / Workload.SLIDE_MS;
      LibrarySketch window = new LibrarySketch();
      for (long number = end - overlap; number < end; number++) {
        LibrarySketch pane = panes.get(number);
        if (pane != null) {
          window.merge(pane);
        }
      }
      if (!window.isEmpty()) {
        out.collect(window.row(context.getCurrentKey(), timestamp + 1));
      }
      panes.remove(end - overlap);
      if (panes.isEmpty()) {
        state.clear();
      } else {
        context.timerService().registerEventTimeTimer(timestamp + Workload.SLIDE_MS);
        state.update(panes);
      }
    }
  }
}
