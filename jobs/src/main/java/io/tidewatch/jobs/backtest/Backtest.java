package io.tidewatch.jobs.backtest;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.ScoreSeries;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.jobs.alerting.AlertingStage;
import io.tidewatch.jobs.alerting.RuleInput;
import io.tidewatch.jobs.alerting.RuleSources;
import io.tidewatch.jobs.anomaly.AnomalyAlerts;
import io.tidewatch.jobs.anomaly.AnomalyFiles;
import io.tidewatch.jobs.latency.LatencyConfig;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.latency.LatencyTopology;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import io.tidewatch.jobs.telemetry.TelemetryTopology;
import io.tidewatch.schemas.codec.AnomalyScoreDecoder;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.udfs.decode.SplitRejectedOperator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * What rules would have told of recorded input. A file goes through the topology of the job that
 * reads such input live; windows that a job has stored go through its alert stage, as they stand
 * there now, corrections included, and so do scores, from a file, too: the models that made them
 * have moved on. Nothing leaves it. Memory: all events.
 */
public final class Backtest {
  private static final String NAME = "tidewatch-backtest";
  private static final String RULES = "backtest-rules";
  private static final String SPLIT = "backtest-split-rejected";
  private static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));

  private final StreamExecutionEnvironment env;
  private final RecordedInput recorded;

  /**
   * @param env bounded jobs run in it; operators without an id must be allowed
   * @param from first event time; null for all
   * @param to behind the last event time; null for all
   */
  public Backtest(StreamExecutionEnvironment env, @Nullable Instant from, @Nullable Instant to) {
    this.env = env;
    this.recorded = new RecordedInput(env, from, to);
  }

  /**
   * What came of it.
   *
   * @param events in the order of their times
   * @param statuses the last of each rule, in the order of the names
   * @param refused how many lines were no messages
   */
  public record Result(List<AlertEvent> events, List<RuleStatus> statuses, long refused) {}

  /**
   * Holds rules against readings of devices.
   *
   * @param files of the telemetry job
   * @param rules rule file
   * @param input one message a line, as in the topic of the job
   */
  public Result telemetry(TelemetryFiles files, Path rules, Path input) throws Exception {
    TelemetryConfig config = files.config();
    var streams =
        TelemetryTopology.define(
            recorded.lines(
                input,
                files.decoder(),
                DeviceTelemetry::eventTimeMs,
                DeviceTelemetry.class,
                config.eventTime().maxOutOfOrderness()),
            files.models(),
            config.eventTime().allowedLateness(),
            config.preAggregation(),
            rules(rules, new FeatureSeries(files.models())));
    return result(streams.alerts(), streams.rejected());
  }

  /**
   * Holds rules against API requests.
   *
   * @param files of the latency job
   * @param rules rule file
   * @param input one message a line, as in the topic of the job
   */
  public Result latency(LatencyFiles files, Path rules, Path input) throws Exception {
    LatencyConfig config = files.config();
    var streams =
        LatencyTopology.define(
            recorded.lines(
                input,
                files.decoder(),
                ApiLatency::eventTimeMs,
                ApiLatency.class,
                config.eventTime().maxOutOfOrderness()),
            config.endpoints(),
            config.window(),
            config.storedSketches(),
            config.eventTime().allowedLateness(),
            config.preAggregation(),
            rules(rules, new LatencySeries()));
    return result(streams.alerts(), streams.rejected());
  }

  /**
   * Holds rules against the windows that the telemetry job has stored in its database.
   *
   * @param files of the telemetry job
   * @param rules rule file
   */
  public Result storedTelemetry(TelemetryFiles files, Path rules) throws Exception {
    var rows =
        recorded.rows(
            StoredFeatures.QUERY,
            files.config().postgres(),
            new StoredFeatures(files.models()),
            FeatureVector::windowEndMs,
            FeatureVector.class);
    RuleInput held = rules(rules, new FeatureSeries(files.models()));
    return result(TelemetryTopology.alerts(rows, files.models(), held), null);
  }

  /**
   * Holds rules against the windows that the latency job has stored in its database.
   *
   * @param files of the latency job
   * @param rules rule file
   */
  public Result storedLatency(LatencyFiles files, Path rules) throws Exception {
    var rows =
        recorded.rows(
            StoredLatencies.QUERY,
            files.config().postgres(),
            new StoredLatencies(),
            LatencyWindow::windowEndMs,
            LatencyWindow.class);
    return result(LatencyTopology.alerts(rows, rules(rules, new LatencySeries())), null);
  }

  /**
   * Holds rules against scores that the anomaly job has told.
   *
   * @param files of the anomaly job
   * @param rules rule file
   * @param input one message a line, as in the topic of scores
   */
  public Result scores(AnomalyFiles files, Path rules, Path input) throws Exception {
    var scores =
        SplitRejectedOperator.split(
                recorded.lines(
                    input,
                    new AnomalyScoreDecoder(),
                    AnomalyScore::windowEndMs,
                    AnomalyScore.class,
                    files.config().eventTime().maxOutOfOrderness()),
                REJECTED,
                AnomalyScore.class,
                SPLIT)
            .setParallelism(1); // a score that is overtaken by the next of its series says nothing
    return result(
        AnomalyAlerts.define(scores, rules(rules, new ScoreSeries())),
        scores.getSideOutput(REJECTED));
  }

  /**
   * Holds rules against the scores that the anomaly job has stored in its database.
   *
   * @param files of the anomaly job
   * @param rules rule file
   */
  public Result storedScores(AnomalyFiles files, Path rules) throws Exception {
    var rows =
        recorded.rows(
            StoredScores.QUERY,
            files.config().postgres(),
            new StoredScores(),
            AnomalyScore::windowEndMs,
            AnomalyScore.class);
    return result(AnomalyAlerts.define(rows, rules(rules, new ScoreSeries())), null);
  }

  private RuleInput rules(Path rules, SeriesReader<?, ?> series) {
    return RuleSources.ofFile(env, rules, series, RULES).reportingAtOnce();
  }

  private Result result(AlertingStage.Streams alerts, @Nullable DataStream<Rejected> rejected)
      throws Exception {
    CloseableIterator<AlertEvent> events = alerts.events().collectAsync();
    CloseableIterator<RuleStatus> statuses = alerts.statuses().collectAsync();
    CloseableIterator<Rejected> refused =
        rejected == null ? CloseableIterator.empty() : rejected.collectAsync();
    var client = env.executeAsync(NAME);
    // At once, or one that is not read would hold up the job that the others wait for.
    ExecutorService readers = Executors.newFixedThreadPool(3);
    List<AlertEvent> told;
    Map<String, RuleStatus> last = new TreeMap<>();
    long lines;
    try {
      Future<List<AlertEvent>> allEvents = readers.submit(() -> drained(events));
      Future<List<RuleStatus>> allStatuses = readers.submit(() -> drained(statuses));
      lines = readers.submit(() -> drained(refused)).get().size();
      told = allEvents.get();
      allStatuses.get().forEach(status -> last.put(status.rule(), status));
    } finally {
      readers.shutdownNow();
    }
    client.getJobExecutionResult().get();
    told.sort(Comparator.comparingLong(Backtest::timeMs).thenComparing(AlertEvent::eventId));
    return new Result(told, List.copyOf(last.values()), lines);
  }

  private static <E> List<E> drained(CloseableIterator<E> results) throws Exception {
    try (results) {
      List<E> all = new ArrayList<>();
      results.forEachRemaining(all::add);
      return all;
    }
  }

  /** When an event happened, in event time, milliseconds since the epoch. */
  public static long timeMs(AlertEvent event) {
    Long resolvedAtMs = event.resolvedAtMs();
    return resolvedAtMs == null ? event.firedAtMs() : resolvedAtMs;
  }
}
