package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.series.Assessment;
import io.tidewatch.analytics.series.SeriesDeviations;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.analytics.series.SeriesPoint;
import io.tidewatch.analytics.series.SeriesRow;
import io.tidewatch.analytics.series.SeriesRules;
import io.tidewatch.analytics.series.SeriesScore;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Scores each row of a series by the rows before it, with the shipped detector. The same rows in
 * the same order give the same scores, whatever the parallelism, the backend, or how often the job
 * was restarted between them.
 *
 * <p>The detector moves on with each row and is never wound back. So a correction, and a row that
 * is not after the newest one (a repetition, or one that was held up), are counted and skipped:
 * what was told of their window stays. A row without a value is told without a score.
 *
 * <p>A series without a row for the configured time is forgotten, by an event-time timer. State:
 * see {@link KeyedMonitors}.
 */
public final class SeriesScoreFunction
    extends KeyedProcessFunction<SeriesKey, SeriesRow, AnomalyScore> {
  private static final long serialVersionUID = 1;

  private final SeriesRules rules;
  private final SeriesDeviations deviations;
  private transient double threshold;
  private transient SeriesCounters counters;
  private transient KeyedMonitors monitors;

  /**
   * @param deviations that are worth a message
   */
  @SuppressWarnings("NullAway.Init") // transient fields are set by open()
  public SeriesScoreFunction(SeriesRules rules, SeriesDeviations deviations) {
    this.rules = rules;
    this.deviations = deviations;
  }

  @Override
  public void open(OpenContext context) {
    DetectorSettings settings = DetectorSettings.shipped();
    threshold = settings.threshold();
    counters = new SeriesCounters(getRuntimeContext().getMetricGroup());
    monitors =
        new KeyedMonitors(
            getRuntimeContext(),
            key -> settings.withDeviation(deviations.of(key)),
            rules.cachedDetectors(),
            counters);
  }

  @Override
  public void processElement(SeriesRow row, Context context, Collector<AnomalyScore> out)
      throws Exception {
    if (row.revision() > 0) {
      counters.correctionsSkipped.inc();
      return;
    }
    KeyedMonitors.Ready monitor = monitors.of(context.getCurrentKey());
    if (row.windowEndMs() <= monitor.newestMs()) {
      counters.outOfOrder.inc();
      return;
    }
    if (monitor.newestMs() == KeyedMonitors.NO_ROW) {
      wakeWhenSilent(context, row.windowEndMs());
    }
    Assessment assessment =
        monitors.next(
            monitor, new SeriesPoint(row.windowStartMs(), row.windowEndMs(), row.value()));
    AnomalyScore score = SeriesScore.of(row, assessment, threshold);
    count(score, assessment);
    out.collect(score);
  }

  private void count(AnomalyScore score, Assessment assessment) {
    if (!assessment.hasValue()) {
      counters.withoutValue.inc();
    } else if (score.status().state() == ModelState.WARMING_UP) {
      counters.warmingUp.inc();
    } else {
      counters.scored.inc();
    }
    if (score.beyond()) {
      (score.anomaly() ? counters.anomalies : counters.suppressed).inc();
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AnomalyScore> out)
      throws Exception {
    SeriesKey key = context.getCurrentKey();
    long newestMs = monitors.newestMs(key);
    if (newestMs == KeyedMonitors.NO_ROW) {
      return;
    }
    if (newestMs + rules.forgetAfter().toMillis() > timestamp) {
      wakeWhenSilent(context, newestMs);
      return;
    }
    counters.forgotten.inc();
    monitors.clear(key);
  }

  private void wakeWhenSilent(Context context, long newestMs) {
    context.timerService().registerEventTimeTimer(newestMs + rules.forgetAfter().toMillis());
  }
}
