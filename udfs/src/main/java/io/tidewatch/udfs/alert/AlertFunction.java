package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertEvents;
import io.tidewatch.analytics.alert.SampleOrigin;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.life.AlertState;
import io.tidewatch.analytics.alert.life.SeriesAlerts;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.schemas.derived.AlertEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Holds each rule against each series. State for the rules that have something to remember of a
 * series, none for the others; event-time timers do what time alone does.
 *
 * <p>Corrections are counted and skipped: they tell of a time that the state machine has left, and
 * an alert that was told, or was not, is not decided again. Nor do they keep a series from being
 * silent. Counters: {@code tidewatch.alert_events_total}, {@code
 * tidewatch.corrections_skipped_total}.
 *
 * @param <K> key of a series
 * @param <T> what carries the metrics of a series at one time
 */
public final class AlertFunction<K, T> extends KeyedProcessFunction<K, T, AlertEvent> {
  private static final long serialVersionUID = 1;

  /** State name; a promise, see CHANGELOG. */
  static final String ALERTS = "alerts";

  private final SeriesAlerts series;
  private final SeriesReader<K, T> reader;
  private transient MapState<String, AlertState> alerts;
  private transient Counter events;
  private transient Counter skipped;

  @SuppressWarnings("NullAway.Init") // transient fields are set by open()
  public AlertFunction(List<AlertRule> rules, SeriesReader<K, T> reader) {
    this.series = new SeriesAlerts(rules, Mutes.NONE);
    this.reader = reader;
  }

  @Override
  public void open(OpenContext context) {
    alerts =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    ALERTS, Types.STRING, TypeInformation.of(AlertState.class)));
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tidewatch");
    events = metrics.counter("alert_events_total");
    skipped = metrics.counter("corrections_skipped_total");
  }

  @Override
  public void processElement(T sample, Context context, Collector<AlertEvent> out)
      throws Exception {
    if (reader.isCorrection(sample)) {
      skipped.inc();
      return;
    }
    Map<String, String> labels = reader.labels(context.getCurrentKey());
    Map<String, AlertState> before = states();
    Map<String, AlertState> states = new HashMap<>(before);
    List<SeriesAlerts.Notice> notices =
        series.sample(
            labels,
            states,
            reader.timeMs(sample),
            reader.samples(sample),
            metric -> reader.metric(sample, metric));
    keep(before, states);
    long wakeAtMs = series.wakeAtMs(states);
    // A timer that is not later is set already: when it comes, the next is set.
    if (wakeAtMs != Long.MAX_VALUE && (before.isEmpty() || wakeAtMs < series.wakeAtMs(before))) {
      context.timerService().registerEventTimeTimer(wakeAtMs);
    }
    tell(labels, notices, reader.origin(sample), out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AlertEvent> out)
      throws Exception {
    Map<String, String> labels = reader.labels(context.getCurrentKey());
    Map<String, AlertState> before = states();
    Map<String, AlertState> states = new HashMap<>(before);
    // Of a rule that is gone since the savepoint nobody is told.
    states.keySet().retainAll(names());
    boolean last = context.timerService().currentWatermark() == Long.MAX_VALUE;
    List<SeriesAlerts.Notice> notices =
        series.pass(labels, states, last ? Long.MAX_VALUE : timestamp, last);
    keep(before, states);
    long wakeAtMs = series.wakeAtMs(states);
    if (!last && wakeAtMs != Long.MAX_VALUE) {
      context.timerService().registerEventTimeTimer(wakeAtMs);
    }
    tell(labels, notices, SampleOrigin.UNKNOWN, out);
  }

  private Set<String> names() {
    return series.rules().stream().map(AlertRule::name).collect(Collectors.toSet());
  }

  private Map<String, AlertState> states() throws Exception {
    Map<String, AlertState> states = new HashMap<>();
    for (Map.Entry<String, AlertState> entry : alerts.entries()) {
      states.put(entry.getKey(), entry.getValue());
    }
    return states;
  }

  private void keep(Map<String, AlertState> before, Map<String, AlertState> after)
      throws Exception {
    if (after.isEmpty()) {
      if (!before.isEmpty()) {
        alerts.clear();
      }
      return;
    }
    Set<String> names = new HashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      AlertState state = after.get(name);
      if (state == null) {
        alerts.remove(name);
      } else if (!state.equals(before.get(name))) {
        alerts.put(name, state);
      }
    }
  }

  private void tell(
      Map<String, String> labels,
      List<SeriesAlerts.Notice> notices,
      SampleOrigin origin,
      Collector<AlertEvent> out) {
    for (SeriesAlerts.Notice notice : notices) {
      events.inc();
      out.collect(AlertEvents.of(notice.rule(), labels, notice.transition(), origin));
    }
  }
}
