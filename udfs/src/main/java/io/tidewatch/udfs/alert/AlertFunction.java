package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertEvents;
import io.tidewatch.analytics.alert.AlertMachine;
import io.tidewatch.analytics.alert.AlertRule;
import io.tidewatch.analytics.alert.AlertState;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.schemas.derived.AlertEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Holds each rule against each series. One state a rule that is pending or firing, none for the
 * others; an event-time timer ends what a silent series left open. Counter: {@code
 * tidewatch.alert_events_total}.
 *
 * @param <K> key of a series
 * @param <T> what carries the metrics of a series at one time
 */
public final class AlertFunction<K, T> extends KeyedProcessFunction<K, T, AlertEvent> {
  private static final long serialVersionUID = 1;

  /** State name; a promise, see CHANGELOG. */
  static final String ALERTS = "alerts";

  private final List<AlertRule> rules;
  private final SeriesReader<T> reader;
  private transient MapState<String, AlertState> states;
  private transient Counter events;

  @SuppressWarnings("NullAway.Init") // transient fields are set by open()
  public AlertFunction(List<AlertRule> rules, SeriesReader<T> reader) {
    this.rules = List.copyOf(rules);
    this.reader = reader;
  }

  @Override
  public void open(OpenContext context) {
    states =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    ALERTS, Types.STRING, TypeInformation.of(AlertState.class)));
    events =
        getRuntimeContext().getMetricGroup().addGroup("tidewatch").counter("alert_events_total");
  }

  @Override
  public void processElement(T sample, Context context, Collector<AlertEvent> out)
      throws Exception {
  }
}
