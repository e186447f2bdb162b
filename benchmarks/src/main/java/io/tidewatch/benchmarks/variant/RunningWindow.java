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

/** Prototype: one sketch of the window, to which the new pane is added and the old one taken. */
public final class RunningWindow implements FlinkVariant {

  @Override
  public String id() {
    return "running";
  }

  @Override
  public String what() {
    return "prototype: running window sketch, add the new pane, subtract the expired one";
  }

  @Override
  public DataStream<WindowRow> define(StreamExecutionEnvironment env, Workload workload) {
    return EventSource.samples(env, workload)
        .keyBy(Sample::key, Types.INT)
        .process(new Run(workload.overlap()), TypeInformation.of(WindowRow.class));
  }

  /** The window that fired last, and its panes. */
  record State(Bins window, Ring<Bins> panes) {}

  @SuppressWarnings("NullAway.Init") // set by open()
  private static final class Run extends KeyedProcessFunction<Integer, Sample, WindowRow> {
    private static final long serialVersionUID = 1;

    private final int overlap;
    private transient ValueState<State> state;

    Run(int overlap) {
      this.overlap = overlap;
    }

    @Override
    public void open(OpenContext context) {
      state =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("running", new RunningWindowSerializer()));
    }

    @Override
    public void processElement(Sample sample, Context context, Collector<WindowRow> out)
        throws Exception {
      State running = state.value();
      if (running == null) {
        running = new State(new Bins(), new Ring<>(overlap));
      }
      long number = sample.timeMs() / Workload.SLIDE_MS;
      Bins pane = running.panes.get(number);
      if (pane == null) {
        pane = new Bins();
        running.panes.put(number, pane);
        context.timerService().registerEventTimeTimer((number + 1) * Workload.SLIDE_MS - 1);
      }
      pane.add(sample.value());
      state.update(running);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<WindowRow> out)
        throws Exception {
      State running = state.value();
      long end = (timestamp + 1) / Workload.SLIDE_MS;
      Bins added = running.panes.get(end - 1);
      if (added != null) {
        running.window.add(added);
      }
      Bins expired = running.panes.remove(end - 1 - overlap);
      if (expired != null) {
        running.window.subtract(expired);
      }
      if (running.window.count() > 0) {
        out.collect(running.window.row(context.getCurrentKey(), timestamp + 1));
      }
      if (running.panes.isEmpty()) {
        state.clear();
      } else {
        context.timerService().registerEventTimeTimer(timestamp + Workload.SLIDE_MS);
        state.update(running);
      }
    }
  }
}
