package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.SlidingWindows;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.KeyedRun;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** What the buffer in front of the state holds and when it lets go of it. */
class PaneWindowBufferHarnessTest {
  private static final WindowSpec FIVE_BY_ONE =
      new WindowSpec(Duration.ofSeconds(5), Duration.ofSeconds(1));

  private final Subject<EndpointKey, ApiLatency, LatencyWindow> latency =
      Subject.latency(FIVE_BY_ONE);

  @Test
  void recordsOfOpenPanesTouchNoState() throws Exception {
    try (var run = latency.start()) {
      run.add(request("/a", 10_100), 10_100);
      run.add(request("/a", 10_200), 10_200);
      run.add(request("/b", 11_300), 11_300);
      run.watermark(10_998);
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
    }
  }

  @Test
  void aWatermarkMovesThePanesItClosesBeforeTheirWindowsFire() throws Exception {
    try (var run = latency.start()) {
      run.add(request("/a", 10_100), 10_100);
      run.add(request("/b", 11_300), 11_300);
      run.watermark(10_999);
      assertThat(run.results())
          .extracting(LatencyWindow::endpoint, LatencyWindow::windowEndMs, LatencyWindow::count)
          .containsExactly(tuple("/a", 11_000L, 1L));
      assertThat(run.stateEntries()).as("the pane of /b is open").isEqualTo(1);
    }
  }

  @Test
  void aBarrierMovesAll() throws Exception {
    try (var run = latency.start()) {
      run.add(request("/a", 10_100), 10_100);
      run.add(request("/a", 11_100), 11_100);
      run.add(request("/b", 11_300), 11_300);
      run.barrier();
      assertThat(run.stateEntries()).isEqualTo(2);
      assertThat(run.timers()).as("one a key and pane").isEqualTo(3);
    }
  }

  @Test
  void theEndOfTheInputMovesAll() throws Exception {
    try (var run = latency.start()) {
      run.add(request("/a", 10_100), 10_100);
      run.finish();
      assertThat(run.stateEntries()).isEqualTo(1);
      assertThat(run.timers()).isEqualTo(1);
    }
  }

  @Test
  void movesAllWhenItIsFull() throws Exception {
    try (var run = latency.start(3)) {
      run.add(request("/a", 10_100), 10_100);
      run.add(request("/a", 10_200), 10_200);
      run.add(request("/b", 10_300), 10_300);
      assertThat(run.stateEntries()).isZero();
      run.add(request("/a", 11_400), 11_400);
      assertThat(run.stateEntries()).isEqualTo(2);
      run.add(request("/a", 10_500), 10_500);
      run.watermark(10_999);
      assertThat(run.results())
          .extracting(LatencyWindow::endpoint, LatencyWindow::count)
          .as("parts of a pane are merged")
          .containsExactlyInAnyOrder(tuple("/a", 3L), tuple("/b", 1L));
    }
  }

  @Test
  void stepsAsideWhereKeysDoNotRepeat() throws Exception {
    try (var run = latency.start(2_000)) {
      for (int i = 0; i < 4_000; i++) {
        run.add(request("/" + i, 10_500), 10_500);
        assertThat(run.stateEntries()).isEqualTo(i + 1 < 2_000 ? 0 : i + 1);
      }
      run.watermark(10_999);
      assertThat(run.results()).hasSize(4_000);
    }
  }

  @Test
  void staysWhereTheyDo() throws Exception {
    try (var run = latency.start(2_000)) {
      for (int i = 0; i < 6_000; i++) {
        run.add(request("/" + i / 3, 10_500), 10_500);
      }
      int full = run.stateEntries();
      run.add(request("/new", 10_500), 10_500);
      assertThat(run.stateEntries()).as("the new one waits").isEqualTo(full);
    }
  }

  @Test
  void anAheadPaneThatWaitsIsToldAfterTheStateOfItsKeyIsGone() throws Exception {
    try (var run = latency.start()) {
      run.add(request("/a", 10_100), 10_100);
      run.add(request("/a", 90_100), 90_100);
      run.watermark(60_000);
      assertThat(run.stateEntries()).isZero();
      run.watermark(90_999);
      assertThat(run.results())
          .extracting(LatencyWindow::windowEndMs)
          .containsExactly(11_000L, 12_000L, 13_000L, 14_000L, 15_000L, 91_000L);
    }
  }

  @Test
  void goesOnWithTheSavepointOfAKeyedProcessFunctionAndBack() throws Exception {
    var function = new Unbuffered();
    try (var before = new KeyedRun<>(function, latency.key(), latency.keyType())) {
      before.add(request("/a", 10_500), 10_500);
      before.watermark(11_499);
      before.add(request("/a", 11_600), 11_600);
      assertThat(before.results()).hasSize(1);
      try (var buffered = before.goOnWith(latency.operator(), latency.key())) {
        buffered.add(request("/a", 10_900), 10_900);
        buffered.add(request("/a", 11_700), 11_700);
        buffered.watermark(12_999);
        buffered.add(request("/a", 13_500), 13_500);
        assertThat(buffered.side(latency.lateTag())).containsExactly(request("/a", 10_900));
        assertThat(buffered.results())
            .extracting(LatencyWindow::windowEndMs, LatencyWindow::count)
            .containsExactly(tuple(12_000L, 3L), tuple(13_000L, 3L));
        try (var after = buffered.goOnWith(new KeyedProcessOperator<>(function), latency.key())) {
          after.watermark(60_000);
          assertThat(after.results())
              .extracting(LatencyWindow::windowEndMs, LatencyWindow::count)
              .containsExactly(
                  tuple(14_000L, 4L),
                  tuple(15_000L, 4L),
                  tuple(16_000L, 3L),
                  tuple(17_000L, 1L),
                  tuple(18_000L, 1L));
          assertThat(after.stateEntries()).isZero();
        }
      }
    }
  }

  /** The windows as a function of Flink's, each record straight to the state: what the rest is. */
  private static final class Unbuffered
      extends KeyedProcessFunction<EndpointKey, ApiLatency, LatencyWindow>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1;

    private final SlidingWindows<EndpointKey, ApiLatency, LatencyPane, LatencyWindow> windows =
        new SlidingWindows<>(new LatencyAggregate(FIVE_BY_ONE));
    private transient KeptWatermark watermark;
    private transient long watermarkMs;
    private transient ValueState<Panes<LatencyPane>> state;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      watermark = new KeptWatermark(context.getOperatorStateStore());
      watermarkMs = Long.MIN_VALUE;
    }

    @Override
    public void open(OpenContext context) {
      state =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("panes", LatencyPanesSerializer.INSTANCE));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      watermark.snapshot(watermark.atLeast(watermarkMs));
    }

    @Override
    public void processElement(ApiLatency request, Context context, Collector<LatencyWindow> out)
        throws IOException {
      Panes<LatencyPane> panes = state.value() == null ? new Panes<>() : state.value();
      announce(
          windows.add(context.getCurrentKey(), panes, request, request.eventTimeMs()), context);
      state.update(panes);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<LatencyWindow> out)
        throws IOException {
      watermarkMs = context.timerService().currentWatermark();
      Panes<LatencyPane> panes = state.value();
      LatencyWindow result = windows.fire(context.getCurrentKey(), panes, timestamp + 1);
      if (result != null) {
        out.collect(result);
      }
      announce(windows.advance(context.getCurrentKey(), panes, timestamp + 1), context);
      if (panes.isEmpty()) {
        state.clear();
      } else {
        state.update(panes);
      }
    }

    private static void announce(long endMs, KeyedProcessFunction<?, ?, ?>.Context context) {
      if (endMs != SlidingWindows.NONE) {
        context.timerService().registerEventTimeTimer(endMs - 1);
      }
    }
  }

  private static ApiLatency request(String endpoint, long timeMs) {
    return new ApiLatency("s", endpoint, "GET", 200, 5, timeMs, null);
  }
}
