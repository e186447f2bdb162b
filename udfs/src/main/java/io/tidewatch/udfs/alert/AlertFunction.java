package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertEvents;
import io.tidewatch.analytics.alert.AlertMachine;
import io.tidewatch.analytics.alert.AlertRule;
import io.tidewatch.analytics.alert.AlertState;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.Step;
import io.tidewatch.analytics.alert.Transition;
import io.tidewatch.schemas.derived.AlertEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Holds each rule against each series. State for the rules that are pending, firing or just
 * resolved, none for the others; an event-time timer ends what a silent series left open.
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

  private final Map<String, AlertRule> rules = new LinkedHashMap<>();
  private final SeriesReader<K, T> reader;
  private transient MapState<String, AlertState> alerts;
  private transient Counter events;
  private transient Counter skipped;

  @SuppressWarnings("NullAway.Init") // transient fields are set by open()
  public AlertFunction(List<AlertRule> rules, SeriesReader<K, T> reader) {
    rules.forEach(rule -> this.rules.put(rule.name(), rule));
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
    for (AlertRule rule : rules.values()) {
      double value = reader.metric(sample, rule.condition().metric());
      if (Double.isNaN(value) || !rule.condition().selects(labels)) {
        continue;
      }
      AlertState before = alerts.get(rule.name());
      Step step = AlertMachine.step(rule, before, reader.timeMs(sample), value);
      AlertState after = step.next();
      if (after != null) {
        alerts.put(rule.name(), after);
        if (before == null) {
          wakeWhenSilent(rule, after, context.timerService());
        }
      } else if (before != null) {
        alerts.remove(rule.name());
      }
      tell(rule, labels, step, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AlertEvent> out)
      throws Exception {
    Map<String, String> labels = reader.labels(context.getCurrentKey());
    Iterator<Map.Entry<String, AlertState>> open = alerts.iterator();
    while (open.hasNext()) {
      Map.Entry<String, AlertState> entry = open.next();
      AlertRule rule = rules.get(entry.getKey());
      if (rule == null) { // the rule is gone since the savepoint
        open.remove();
        continue;
      }
      Step step = AlertMachine.silence(rule, entry.getValue(), timestamp);
      AlertState after = step.next();
      if (after == null) {
        open.remove();
      } else {
        wakeWhenSilent(rule, after, context.timerService());
      }
      tell(rule, labels, step, out);
    }
    if (alerts.isEmpty()) {
      alerts.clear(); // on the heap, a map emptied by its iterator would stay for ever
    }
  }

  /** One timer a rule and series: when it comes and the series was not silent, it is set anew. */
  private static void wakeWhenSilent(AlertRule rule, AlertState state, TimerService timers) {
    timers.registerEventTimeTimer(AlertMachine.silentAtMs(rule, state));
  }

  private void tell(
      AlertRule rule, Map<String, String> labels, Step step, Collector<AlertEvent> out) {
    for (Transition transition : step.transitions()) {
      events.inc();
      out.collect(AlertEvents.of(rule, labels, transition));
    }
  }
}
