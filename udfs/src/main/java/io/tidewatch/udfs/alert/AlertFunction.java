package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertState;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds each rule against each series. Rules come on the second input while the job runs: all
 * subtasks take a document into use between two records, and all alerts of a series switch at once.
 * What cannot be read is refused, and the version before it stays. What was open under a rule that
 * is taken away or replaced is resolved at once, also of series that are silent.
 *
 * <p>After a restart with other rule files, what was open under the former ones is resolved when
 * the series is heard of again or its timer comes.
 *
 * <p>State of a series for the rules that are pending, firing or just resolved, none for the
 * others; an event-time timer ends what a silent series left open. Broadcast state: the documents
 * in use, and which rules were taken away.
 *
 * <p>Corrections are counted and skipped: they tell of a time that the state machine has left, and
 * an alert that was told, or was not, is not decided again. Nor do they keep a series from being
 * silent. Counters: {@code tidewatch.alert_events_total}, {@code
 * tidewatch.corrections_skipped_total}, {@code tidewatch.rules_changed_total}, {@code
 * tidewatch.rules_refused_total}. Gauge: {@link RuleCounts}.
 *
 * @param <K> key of a series
 * @param <T> what carries the metrics of a series at one time
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class AlertFunction<K, T>
    extends KeyedBroadcastProcessFunction<K, T, RuleUpdate, AlertEvent>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(AlertFunction.class);

  /** The rules; the name of the state is a promise, see CHANGELOG. */
  public static final MapStateDescriptor<String, StoredRule> RULES =
      new MapStateDescriptor<>("rules", Types.STRING, TypeInformation.of(StoredRule.class));

  /** The present state of an alert, whenever its phase changes. */
  public static final OutputTag<AlertSnapshot> STATES =
      new OutputTag<>("alert-states", TypeInformation.of(AlertSnapshot.class));

  /** What becomes of the rules, in this subtask. */
  public static final OutputTag<RuleReport> REPORTS =
      new OutputTag<>("rule-reports", TypeInformation.of(RuleReport.class));

  /** The name of the state is a promise, see CHANGELOG. */
  private static final MapStateDescriptor<String, AlertState> ALERTS =
      new MapStateDescriptor<>("alerts", Types.STRING, TypeInformation.of(AlertState.class));

  /** As long as the name of a rule may be in an event. */
  private static final int MAX_NAME_CHARS = 256;

  private final StartingRules atStart;
  private final RuleReader ruleReader;
  private final SeriesReader<K, T> series;
  private final Duration reportEvery;
  private transient RuleBook book;
  private transient Map<String, UsedRule> former;
  private transient MapState<String, AlertState> alerts;
  private transient RuleCounts counts;
  private transient RuleReports reports;
  private transient Counter events;
  private transient Counter skipped;
  private transient Counter changed;
  private transient Counter refused;

  /**
   * @param atStart the rules to begin with
   * @param ruleReader of their documents
   * @param series what rules see of a record
   * @param reportEvery least time between two reports of the same rule, in processing time
   */
  public AlertFunction(
      StartingRules atStart,
      RuleReader ruleReader,
      SeriesReader<K, T> series,
      Duration reportEvery) {
    this.atStart = atStart;
    this.ruleReader = ruleReader;
    this.series = series;
    this.reportEvery = reportEvery;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    BroadcastState<String, StoredRule> state =
        context.getOperatorStateStore().getBroadcastState(RULES);
    Map<String, StoredRule> restored = new HashMap<>();
    for (Map.Entry<String, StoredRule> stored : state.entries()) {
      restored.put(stored.getKey(), stored.getValue());
    }
    book = new RuleBook(ruleReader, series);
    former = new HashMap<>();
    Map<String, StoredRule> now = atStart.over(restored);
    state.clear();
    state.putAll(now);
    now.forEach(
        (name, stored) -> {
          if (!stored.document().isEmpty()) {
            book.put(name, stored.document());
          }
        });
    atStart.refused().forEach(book::refuse);
    restored.forEach(this::rememberFormer);
  }

  private void rememberFormer(String name, StoredRule stored) {
    UsedRule was = stored.document().isEmpty() ? null : book.former(name, stored.document());
    if (was != null && !was.isSame(book.used(name))) {
      former.put(was.stateKey(), was);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // All that is to be kept is put into the state when it arrives.
  }

  @Override
  public void open(OpenContext context) {
    alerts = getRuntimeContext().getMapState(ALERTS);
    counts = new RuleCounts(getRuntimeContext().getMetricGroup());
    book.entries().keySet().forEach(counts::begin);
    reports =
        new RuleReports(
            book,
            counts,
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            reportEvery.toMillis());
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tidewatch");
    events = metrics.counter("alert_events_total");
    skipped = metrics.counter("corrections_skipped_total");
    changed = metrics.counter("rules_changed_total");
    refused = metrics.counter("rules_refused_total");
  }

  @Override
  public void processElement(T sample, ReadOnlyContext context, Collector<AlertEvent> out)
      throws Exception {
    reports.whenDue(context.currentProcessingTime(), report -> context.output(REPORTS, report));
    if (series.isCorrection(sample)) {
      skipped.inc();
      return;
    }
    K key = context.getCurrentKey();
    Map<String, String> labels = series.labels(key);
    KeyedAlerts keyed = keyed(alerts, labels, out, state -> context.output(STATES, state));
    for (UsedRule gone : former.values()) {
      keyed.ruleGone(gone);
    }
    for (UsedRule used : book.used()) {
      double value = series.metric(sample, used.rule().condition().metric());
      if (!Double.isNaN(value) && used.rule().condition().selects(labels)) {
        counts.add(used.rule().name(), key);
        keyed.sample(used, series.timeMs(sample), value, context.timerService());
      }
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AlertEvent> out)
      throws Exception {
    Map<String, String> labels = series.labels(context.getCurrentKey());
    KeyedAlerts keyed = keyed(alerts, labels, out, state -> context.output(STATES, state));
    Map<String, UsedRule> used = new HashMap<>();
    book.used().forEach(rule -> used.put(rule.stateKey(), rule));
    List<Map.Entry<String, AlertState>> open = new ArrayList<>();
    alerts.entries().forEach(open::add);
    for (Map.Entry<String, AlertState> entry : open) {
      UsedRule rule = used.get(entry.getKey());
      UsedRule gone = former.get(entry.getKey());
      if (rule != null) {
        keyed.timePassed(rule, entry.getValue(), timestamp, context.timerService());
      } else if (gone != null) {
        keyed.ruleGone(gone);
      } else { // gone since a checkpoint before the last one
        alerts.remove(entry.getKey());
      }
    }
    keyed.freeWhenEmpty();
  }

  @Override
  public void processBroadcastElement(
      RuleUpdate update, Context context, Collector<AlertEvent> out) throws Exception {
    String name = update.rule();
    if (name.isBlank() || name.length() > MAX_NAME_CHARS) {
      refused.inc();
      LOG.warn("rule left out: its name must be 1 to {} characters", MAX_NAME_CHARS);
      return;
    }
    BroadcastState<String, StoredRule> state = context.getBroadcastState(RULES);
    UsedRule before = book.used(name);
    String document = update.document();
    if (document == null) {
      if (!state.contains(name) && !book.entries().containsKey(name)) {
        return;
      }
      book.remove(name);
      counts.forget(name);
      state.put(name, new StoredRule("", true));
      changed.inc();
    } else if (book.put(name, document)) {
      state.put(name, new StoredRule(document, true));
      changed.inc();
    } else {
      refused.inc();
    }
    UsedRule now = book.used(name);
    if (now != null && !now.isSame(before)) {
      counts.begin(name);
    }
    if (before != null && !before.isSame(now)) {
      KeyedAlerts.States states = told -> context.output(STATES, told);
      context.applyToKeyedState(
          ALERTS, (key, open) -> keyed(open, series.labels(key), out, states).ruleGone(before));
    }
    reports.changed(
        name, context.currentProcessingTime(), report -> context.output(REPORTS, report));
  }

  private KeyedAlerts keyed(
      MapState<String, AlertState> open,
      Map<String, String> labels,
      Collector<AlertEvent> out,
      KeyedAlerts.States states) {
    return new KeyedAlerts(
        open,
        labels,
        new KeyedAlerts.Outputs(
            event -> {
              events.inc();
              out.collect(event);
            },
            states));
  }
}
