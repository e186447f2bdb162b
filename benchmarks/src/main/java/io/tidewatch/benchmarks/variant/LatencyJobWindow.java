package io.tidewatch.benchmarks.variant;

import io.tidewatch.analytics.quantile.CarriedSketches;
import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.RecordMaker;
import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.jobs.latency.LatencyTopology;
import io.tidewatch.schemas.event.ApiLatency;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The latency job's keys, records and windows, and its ceiling. */
public final class LatencyJobWindow implements FlinkVariant {
  private static final String NAME = "latency";

  private final Phases phases;

  LatencyJobWindow(Phases phases) {
    this.phases = phases;
  }

  @Override
  public String id() {
    return NAME + phases.suffix();
  }

  @Override
  public String what() {
    return phases == Phases.NONE
        ? "the latency job's records and `keyBy` with nothing behind: its ceiling"
        : "the latency job's records, keys and windows" + phases.what();
  }

  @Override
  public String ceiling() {
    return NAME + Phases.NONE.suffix();
  }

  @Override
  public boolean isFullAtOnce() {
    return phases == Phases.NONE;
  }

  @Override
  public DataStream<?> define(StreamExecutionEnvironment env, Workload workload) {
    var stage = LatencyTopology.windowing(TidewatchWindow.spec(workload), CarriedSketches.ALL);
    var records =
        EventSource.stream(
            env, workload, new Requests(workload.keys()), TypeInformation.of(ApiLatency.class));
    return phases == Phases.NONE
        ? records.keyBy(stage.key(), stage.keyType())
        : stage.windows(records, Duration.ZERO, phases.maxPartials(), "partials", "windows");
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
