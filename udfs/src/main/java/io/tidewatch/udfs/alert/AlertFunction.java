package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.SampleOrigin;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.life.AlertState;
import io.tidewatch.analytics.alert.life.SeriesAlerts;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.schemas.codec.DetailLine;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds each rule against each series. Rules come on the second input while the job runs: each
 * subtask takes a document into use between two records, and all alerts of a series switch at once.
 * What cannot be read is refused, and the version before it stays. What was open under a rule that
 * is taken away or replaced is resolved at once, also of series that are silent. After a restart
 * with other rule files, what was open under the former ones is resolved when the series is heard
 * of again or a timer of it comes.
 *
 * <p>State of a series: one value for each rule that has something to remember of it, none for the
 * others, and when its timers come. Event time wakes it; and, where a rule wants to know of
 * silence, the clock of the machine, since event time stands still when the whole topic is silent.
 * Broadcast state: the documents in use, and which rules were taken away.
 *
 * <p>Corrections are counted and skipped: they tell of a time that the state machine has left, and
 * an alert that was told, or was not, is not decided again. Nor do they keep a series from being
 * silent. Metrics: {@link AlertCounters}, {@link RuleCounts}.
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

  /** The rules; names of states are promises, see CHANGELOG. */
  public static final MapStateDescriptor<String, StoredRule> RULES =
      new MapStateDescriptor<>("rules", Types.STRING, TypeInformation.of(StoredRule.class));

  /** The present state of an alert, whenever its phase changes. */
  public static final OutputTag<AlertSnapshot> STATES =
      new OutputTag<>("alert-states", TypeInformation.of(AlertSnapshot.class));

  /** What becomes of the rules, in this subtask. */
  public static final OutputTag<RuleReport> REPORTS =
      new OutputTag<>("rule-reports", TypeInformation.of(RuleReport.class));

  private static final MapStateDescriptor<String, AlertState> ALERTS =
      new MapStateDescriptor<>("alerts", Types.STRING, TypeInformation.of(AlertState.class));
  private static final ValueStateDescriptor<Long> EVENT_TIMER =
      new ValueStateDescriptor<>("event-timer", Types.LONG);
  private static final ValueStateDescriptor<Long> SILENCE_TIMER =
      new ValueStateDescriptor<>("silence-timer", Types.LONG);

  private final StartingRules atStart;
  private final RuleReader ruleReader;
  private final SeriesReader<K, T> series;
  private final Duration reportEvery;
  private transient RuleBook book;
  private transient MapState<String, AlertState> alerts;
  private transient EventClock eventClock;
  private transient SilenceClock silenceClock;
  private transient TopicPulse pulse;
  private transient RuleCounts counts;
  private transient RuleReports reports;
  private transient AlertCounters counters;

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
    state.clear();
    state.putAll(atStart.over(restored));
    book = RuleBook.begin(atStart, restored, ruleReader, series);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // All that is to be kept is put into the state when it arrives.
  }

  @Override
  public void open(OpenContext context) {
    alerts = getRuntimeContext().getMapState(ALERTS);
    eventClock = new EventClock(getRuntimeContext().getState(EVENT_TIMER));
    silenceClock = new SilenceClock(getRuntimeContext().getState(SILENCE_TIMER));
    pulse = new TopicPulse();
    counters = new AlertCounters(getRuntimeContext().getMetricGroup());
    counts = new RuleCounts(getRuntimeContext().getMetricGroup());
    book.entries().keySet().forEach(counts::begin);
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    reports = new RuleReports(book, counts, subtask, reportEvery.toMillis());
  }

  @Override
  public void processElement(T sample, ReadOnlyContext context, Collector<AlertEvent> out)
      throws Exception {
    long nowMs = context.currentProcessingTime();
    pulse.record(nowMs, context.currentWatermark());
    reports.whenDue(nowMs, report -> context.output(REPORTS, report));
    if (series.isCorrection(sample)) {
      counters.skipped.inc();
      return;
    }
    K key = context.getCurrentKey();
    Map<String, String> labels = series.labels(key);
    KeyedAlerts keyed = keyed(alerts, labels, out, state -> context.output(STATES, state));
    settle(keyed);
    long timeMs = series.timeMs(sample);
    ToDoubleFunction<String> metrics = metric -> series.metric(sample, metric);
    SeriesAlerts rules = book.alerts();
    keyed.tell(
        rules.sample(
            labels,
            keyed.now,
            timeMs,
            series.samples(sample),
            metrics,
            rule -> counts.add(rule.name(), key)),
        series.origin(sample));
    keyed.keep(book.used(), timeMs);
    eventClock.wind(rules.wakeAtMs(keyed.now), context.timerService());
    silenceClock.wind(book.used(), keyed.now, pulse.lastMs(), context.timerService());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AlertEvent> out)
      throws Exception {
    Map<String, String> labels = series.labels(context.getCurrentKey());
    KeyedAlerts keyed = keyed(alerts, labels, out, state -> context.output(STATES, state));
    settle(keyed);
    SeriesAlerts rules = book.alerts();
    pulse.see(context.currentProcessingTime(), context.currentWatermark());
    boolean last = context.currentWatermark() == Long.MAX_VALUE;
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      eventClock.rang(timestamp);
      // at the end of the input, all that would still come, and nobody is silent
      long toMs = last ? Long.MAX_VALUE - 1 : timestamp;
      keyed.tell(rules.pass(labels, keyed.now, toMs, last), SampleOrigin.UNKNOWN);
    } else {
      silenceClock.rang();
      long silentMs = context.currentProcessingTime() - pulse.lastMs();
      for (AlertRule rule : book.used()) {
        Duration allowed = SilenceClock.allowed(rule, keyed.now);
        if (!last && allowed != null && silentMs >= allowed.toMillis()) {
          keyed.tell(rules.topicSilent(rule, labels, keyed.now), SampleOrigin.UNKNOWN);
        }
      }
    }
    keyed.keep(book.used(), timestamp);
    if (!last) {
      eventClock.wind(rules.wakeAtMs(keyed.now), context.timerService());
      silenceClock.wind(book.used(), keyed.now, pulse.lastMs(), context.timerService());
    }
  }

  @Override
  public void processBroadcastElement(RuleUpdate update, Context context, Collector<AlertEvent> out)
      throws Exception {
    String name = update.rule();
    if (name.isBlank() || !RuleStatusCodec.isName(name)) {
      counters.refused.inc();
      LOG.warn("rule left out: no status can be told of its name {}", DetailLine.quoted(name));
      return;
    }
    BroadcastState<String, StoredRule> state = context.getBroadcastState(RULES);
    AlertRule before = book.used(name);
    String document = update.document();
    if (document == null) {
      if (!state.contains(name) && !book.entries().containsKey(name)) {
        return;
      }
      book.remove(name);
      counts.forget(name);
      state.put(name, new StoredRule("", true));
      counters.changed.inc();
    } else if (book.put(name, document)) {
      state.put(name, new StoredRule(document, true));
      counters.changed.inc();
    } else {
      counters.refused.inc();
    }
    AlertRule now = book.used(name);
    if (now != null && !now.equals(before)) {
      counts.begin(name);
    }
    if (before != null && !before.equals(now)) {
      Consumer<AlertSnapshot> states = snapshot -> context.output(STATES, snapshot);
      context.applyToKeyedState(
          ALERTS,
          (key, open) -> {
            KeyedAlerts keyed = keyed(open, series.labels(key), out, states);
            keyed.end(before, now != null);
            keyed.putBack();
          });
    }
    reports.changed(
        name, context.currentProcessingTime(), report -> context.output(REPORTS, report));
  }

  /** Ends what is open under rules that were in use before a restart. */
  private void settle(KeyedAlerts keyed) {
    for (Map.Entry<String, AlertState> open : List.copyOf(keyed.now.entrySet())) {
      AlertRule used = book.used(open.getKey());
      if (used != null && used.version().equals(open.getValue().ruleVersion())) {
        continue;
      }
      AlertRule was = book.former(open.getKey(), open.getValue().ruleVersion());
      if (was != null) {
        keyed.end(was, used != null);
      } else if (used == null) { // gone since a checkpoint before the last one
        keyed.forget(open.getKey());
      }
    }
  }

  private KeyedAlerts keyed(
      MapState<String, AlertState> open,
      Map<String, String> labels,
      Collector<AlertEvent> out,
      Consumer<AlertSnapshot> states)
      throws Exception {
    Consumer<AlertEvent> events =
        event -> {
          counters.events.inc();
          out.collect(event);
        };
    return new KeyedAlerts(open, labels, new KeyedAlerts.Outputs(events, states));
  }
}
