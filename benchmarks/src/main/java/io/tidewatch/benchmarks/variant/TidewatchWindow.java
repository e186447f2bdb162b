package io.tidewatch.benchmarks.variant;

import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.analytics.window.MovingWindow;
import io.tidewatch.analytics.window.WindowAggregate;
import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.Sample;
import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.jobs.windowing.WindowingStage;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.window.LatencyPanesSerializer;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The product's windows on the lean record: function, accumulator, state and result are those of
 * the latency job. It computes more than the others: p90, mean, maximum, rates, errors.
 */
public final class TidewatchWindow implements FlinkVariant {
  private static final OutputTag<Sample> LATE =
      new OutputTag<>("late", TypeInformation.of(Sample.class));

  private final Phases phases;

  /**
   * @param phases one or two; the ceiling is {@link SourceOnly}
   */
  TidewatchWindow(Phases phases) {
    this.phases = phases;
  }

  @Override
  public String id() {
    return "tidewatch" + phases.suffix();
  }

  @Override
  public String what() {
    return "Tidewatch: the pane windows of the jobs" + phases.what();
  }

  @Override
  public DataStream<WindowRow> define(StreamExecutionEnvironment env, Workload workload) {
    return new WindowingStage<>(
            new SampleAggregate(spec(workload)),
            LatencyPanesSerializer.INSTANCE,
            Sample::key,
            Types.INT,
            TypeInformation.of(WindowRow.class),
            LATE)
        .windows(
            EventSource.samples(env, workload),
            Duration.ZERO,
            phases.maxPartials(),
            "partials",
            "windows");
  }

  static WindowSpec spec(Workload workload) {
    return new WindowSpec(workload.windowSize(), Duration.ofMillis(Workload.SLIDE_MS));
  }

  /** The latency aggregate for a record that has no endpoint and no status. */
  private static final class SampleAggregate
      implements WindowAggregate<Integer, Sample, LatencyPane, WindowRow> {
    private static final long serialVersionUID = 1;
    private static final EndpointKey SOME = new EndpointKey("service", "/", "GET");
    private static final int STATUS = 200;

    private final LatencyAggregate latency;

    SampleAggregate(WindowSpec window) {
      latency = new LatencyAggregate(window);
    }

    @Override
    public WindowSpec window(Integer key) {
      return latency.window(SOME);
    }

    @Override
    public LatencyPane create(Integer key) {
      return latency.create(SOME);
    }

    @Override
    public void add(LatencyPane pane, Sample sample) {
      pane.add(sample.value(), STATUS);
    }

    @Override
    public void merge(LatencyPane into, LatencyPane from) {
      latency.merge(into, from);
    }

    @Override
    public MovingWindow<LatencyPane> moving(Integer key) {
      return latency.moving(SOME);
    }

    @Override
    public WindowRow result(Integer key, long startMs, long endMs, LatencyPane merged) {
      LatencyWindow row = latency.result(SOME, startMs, endMs, merged);
      return new WindowRow(key, endMs, row.count(), row.p50Ms(), row.p95Ms(), row.p99Ms());
    }

    @Override
    public HeapBytes paneBytes(Integer key) {
      return latency.paneBytes(SOME);
    }

    @Override
    public HeapBytes movingBytes(Integer key) {
      return latency.movingBytes(SOME);
    }

    @Override
    public AccumulatorCodec<LatencyPane> codec() {
      return latency.codec();
    }
  }
}
