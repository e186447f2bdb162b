package io.tidewatch.udfs.endpoint;

import io.tidewatch.analytics.endpoint.AdmittedEndpoint;
import io.tidewatch.analytics.endpoint.AdmittedEndpoints;
import io.tidewatch.analytics.endpoint.EndpointRules;
import io.tidewatch.analytics.endpoint.RouteTemplate;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.schemas.event.ApiLatency;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives each request the endpoint under which it is counted: a template of its path, or that of the
 * others once there are too many. Counter: {@code tidewatch.endpoints_other_total}, in requests;
 * gauge: {@code tidewatch.endpoints}, those admitted here.
 *
 * <p>It runs where the source does, so that nothing is shuffled for it and no service makes one
 * subtask hot. The price: each subtask admits for itself, so a service has at most {@code
 * maxPerService} endpoints a subtask, not in all, and above the limit an endpoint whose requests
 * are spread over subtasks may be admitted by one and not by another. What one subtask has admitted
 * all know after a restart. Below the limit nothing depends on the parallelism.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class EndpointLimitFunction extends ProcessFunction<ApiLatency, ApiLatency>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** State name; a promise, see CHANGELOG. */
  static final String ADMITTED = "admitted";

  private final EndpointRules rules;
  private transient AdmittedEndpoints endpoints;
  private transient ListState<AdmittedEndpoint> admittedState;
  private transient Counter others;

  public EndpointLimitFunction(EndpointRules rules) {
    this.rules = rules;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    endpoints = new AdmittedEndpoints(rules);
    admittedState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(ADMITTED, TypeInformation.of(AdmittedEndpoint.class)));
    for (AdmittedEndpoint admitted : admittedState.get()) {
      endpoints.restore(admitted);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    admittedState.update(endpoints.all());
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tidewatch");
    others = metrics.counter("endpoints_other_total");
    metrics.gauge("endpoints", () -> endpoints.size());
  }

  @Override
  public void processElement(ApiLatency request, Context context, Collector<ApiLatency> out) {
    String endpoint =
        rules.templateRawPaths() ? RouteTemplate.of(request.endpoint()) : request.endpoint();
    EndpointKey key = new EndpointKey(request.service(), endpoint, request.method());
    EndpointKey counted =
        endpoints.admit(key, request.eventTimeMs(), context.timerService().currentWatermark());
    boolean other = !counted.equals(key);
    if (other) {
      others.inc();
    }
    boolean same = !other && endpoint.equals(request.endpoint());
    out.collect(same ? request : of(request, counted));
  }

  private static ApiLatency of(ApiLatency request, EndpointKey counted) {
    return new ApiLatency(
        counted.service(),
        counted.endpoint(),
        counted.method(),
        request.status(),
        request.durationMs(),
        request.eventTimeMs(),
        request.traceId());
  }
}
