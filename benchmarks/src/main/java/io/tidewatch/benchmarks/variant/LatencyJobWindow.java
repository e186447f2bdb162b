package io.tidewatch.benchmarks.variant;

import io.tidewatch.analytics.quantile.CarriedSketches;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.RecordMaker;
import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.udfs.window.LatencyPanesSerializer;
import io.tidewatch.udfs.window.PaneWindowFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The latency job's keys, records and windows, and its ceiling. */
public final class LatencyJobWindow implements FlinkVariant {
  private static final String CEILING = "latency-source";
  private static final OutputTag<ApiLatency> LATE =
      new OutputTag<>("late", TypeInformation.of(ApiLatency.class));

  private final boolean ceilingOnly;

  LatencyJobWindow(boolean ceilingOnly) {
    this.ceilingOnly = ceilingOnly;
  }

  @Override
  public String id() {
    return ceilingOnly ? CEILING : "latency";
  }

  @Override
  public String what() {
    return ceilingOnly
        ? "the latency job's records and `keyBy` with nothing behind: its ceiling"
        : "the latency job's records, keys and windows";
  }

  @Override
  public String ceiling() {
    return CEILING;
  }

  @Override
  public boolean isFullAtOnce() {
    return ceilingOnly;
  }

  @Override
  public DataStream<?> define(StreamExecutionEnvironment env, Workload workload) {
    KeyedStream<ApiLatency, EndpointKey> keyed =
        EventSource.stream(
                env, workload, new Requests(workload.keys()), TypeInformation.of(ApiLatency.class))
            .keyBy(
                request -> new EndpointKey(request.service(), request.endpoint(), request.method()),
                TypeInformation.of(EndpointKey.class));
    return ceilingOnly
        ? keyed
        : keyed.process(
            new PaneWindowFunction<>(
                new LatencyAggregate(TidewatchWindow.spec(workload), CarriedSketches.ALL),
                LatencyPanesSerializer.INSTANCE,
                LATE),
            TypeInformation.of(LatencyWindow.class));
  }

  /** One endpoint a key; one request in a hundred fails. */
  private static final class Requests implements RecordMaker<ApiLatency> {
    private static final long serialVersionUID = 1;
    private static final int FAILS_BELOW_MS = 2;

    private final String[] endpoints;

    Requests(int keys) {
      endpoints = new String[keys];
      for (int key = 0; key < keys; key++) {
        endpoints[key] = "/orders/{id}/items/" + key;
      }
    }

    @Override
    public ApiLatency make(int key, long timeMs, double value) {
      int status = value < FAILS_BELOW_MS ? 503 : 200;
      return new ApiLatency("shop", endpoints[key], "GET", status, value, timeMs, null);
    }
  }
}
