package io.tidewatch.jobs.latency;

import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.endpoint.EndpointRules;
import io.tidewatch.analytics.quantile.CarriedSketches;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.jobs.alerting.AlertingStage;
import io.tidewatch.jobs.alerting.RuleInput;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.jobs.windowing.WindowingStage;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import io.tidewatch.udfs.decode.SplitRejectedOperator;
import io.tidewatch.udfs.endpoint.EndpointLimitFunction;
import io.tidewatch.udfs.window.LatencyPanesSerializer;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * API requests to rates and percentiles per sliding window, and alerts on them.
 *
 * <pre>
 *  source ── split ── endpoints ── partials ──(endpoint)── windows ──(endpoint)── alerts ──▶ alerts
 *              │                                            │    │
 *              ▼                                            ▼    └──▶ windows
 *           rejected                                       late
 * </pre>
 */
public final class LatencyTopology {
  private static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));
  private static final OutputTag<ApiLatency> LATE =
      new OutputTag<>("late", TypeInformation.of(ApiLatency.class));

  private LatencyTopology() {}

  /**
   * Everything that leaves the topology; a record that entered is in exactly one of the first
   * three.
   */
  public record Streams(
      DataStream<LatencyWindow> windows,
      DataStream<Rejected> rejected,
      DataStream<ApiLatency> late,
      AlertingStage.Streams alerts) {}

  /**
   * @param source with event times and watermarks assigned
   * @param allowedLateness how long after its first window a record still corrects its windows
   */
  public static Streams define(
      DataStream<Inbound<ApiLatency>> source,
      EndpointRules endpoints,
      WindowSpec window,
      CarriedSketches sketches,
      Duration allowedLateness,
      PreAggregationConfig preAggregation,
      RuleInput rules) {
    var requests = split(source);
    var limited = limit(requests, endpoints);
    var windows = windows(limited, windowing(window, sketches), allowedLateness, preAggregation);
    var alerts = alerts(windows, rules);
    return new Streams(
        windows, requests.getSideOutput(REJECTED), windows.getSideOutput(LATE), alerts);
  }

  private static SingleOutputStreamOperator<ApiLatency> split(
      DataStream<Inbound<ApiLatency>> source) {
    return SplitRejectedOperator.split(source, REJECTED, ApiLatency.class, LatencyUids.SPLIT);
  }

  private static DataStream<ApiLatency> limit(
      DataStream<ApiLatency> requests, EndpointRules endpoints) {
    return requests
        .process(new EndpointLimitFunction(endpoints), TypeInformation.of(ApiLatency.class))
        .uid(LatencyUids.ENDPOINTS)
        .name(LatencyUids.ENDPOINTS);
  }

  private static SingleOutputStreamOperator<LatencyWindow> windows(
      DataStream<ApiLatency> requests,
      WindowingStage<EndpointKey, ApiLatency, LatencyPane, LatencyWindow> windowing,
      Duration allowedLateness,
      PreAggregationConfig preAggregation) {
    return windowing.windows(
        requests,
        allowedLateness,
        preAggregation.maxPartials(),
        LatencyUids.PARTIALS,
        LatencyUids.WINDOWS);
  }

  /** The windows without their surroundings. */
  public static WindowingStage<EndpointKey, ApiLatency, LatencyPane, LatencyWindow> windowing(
      WindowSpec window, CarriedSketches sketches) {
    return new WindowingStage<>(
        new LatencyAggregate(window, sketches),
        LatencyPanesSerializer.INSTANCE,
        request -> new EndpointKey(request.service(), request.endpoint(), request.method()),
        TypeInformation.of(EndpointKey.class),
        TypeInformation.of(LatencyWindow.class),
        LATE);
  }

  /** The alert stage without its surroundings: stored windows can be held against rules, too. */
  public static AlertingStage.Streams alerts(DataStream<LatencyWindow> windows, RuleInput rules) {
    return AlertingStage.define(
        windows.keyBy(
            window -> new EndpointKey(window.service(), window.endpoint(), window.method()),
            TypeInformation.of(EndpointKey.class)),
        rules,
        new LatencySeries(),
        LatencyJob.NAME,
        LatencyUids.ALERTING);
  }
}
