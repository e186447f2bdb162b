package io.tidewatch.jobs.backtest;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.jobs.alerting.AlertingStage;
import io.tidewatch.jobs.alerting.RuleInput;
import io.tidewatch.jobs.alerting.RuleSources;
import io.tidewatch.jobs.latency.LatencyConfig;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.latency.LatencyTopology;
import io.tidewatch.jobs.source.EventTime;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import io.tidewatch.jobs.telemetry.TelemetryTopology;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.udfs.decode.Inbound;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * What rules would have told of recorded input: it goes through the topology of the job that reads
 * such input live, and nothing leaves it. Memory: all events.
 */
public final class Backtest {
  private static final String NAME = "tidewatch-backtest";
  private static final String FILE = "backtest-file";
  private static final String LINES = "backtest-lines";
  private static final String WATERMARKS = "backtest-watermarks";
  private static final String RULES = "backtest-rules";

  private final StreamExecutionEnvironment env;
  private final Path input;
  private final long fromMs;
  private final long toMs;

  /**
   * @param env bounded jobs run in it; operators without an id must be allowed
   * @param input one message a line, as in the topic of the job
   * @param from first event time; null for all
   * @param to behind the last event time; null for all
   */
  public Backtest(
      StreamExecutionEnvironment env, Path input, @Nullable Instant from, @Nullable Instant to) {
    this.env = env;
    this.input = input.toAbsolutePath();
    this.fromMs = from == null ? Long.MIN_VALUE : from.toEpochMilli();
    this.toMs = to == null ? Long.MAX_VALUE : to.toEpochMilli();
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
   */
  public Result telemetry(TelemetryFiles files, Path rules) throws Exception {
    TelemetryConfig config = files.config();
    var streams =
        TelemetryTopology.define(
            recorded(
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
   */
  public Result latency(LatencyFiles files, Path rules) throws Exception {
    LatencyConfig config = files.config();
    var streams =
        LatencyTopology.define(
            recorded(
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

  private RuleInput rules(
      Path rules, SeriesReader<?, ?> series) {
    return RuleSources.ofFile(env, rules, series, RULES).reportingAtOnce();
  }

  private <T> DataStream<Inbound<T>> recorded(
      MessageDecoder<T> decoder, EventTime<T> eventTime, Class<T> type, Duration outOfOrderness) {
    // One subtask each: the records keep the order of the file.
    return env.fromData(List.of(input.toString()), Types.STRING)
        .setParallelism(1)
        .uid(FILE)
        .flatMap(
            new RecordedLines<>(decoder, eventTime, fromMs, toMs), Inbound.typeInfo(type))
        .setParallelism(1)
        .uid(LINES)
        .name(LINES)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Inbound<T>>forGenerator(
                    context -> new RecordedWatermarks<>(outOfOrderness))
                .withTimestampAssigner(
                    (inbound, ignored) -> {
                      T value = inbound.value();
                      return value == null ? TimestampAssigner.NO_TIMESTAMP : eventTime.ofMs(value);
                    }))
        .setParallelism(1)
        .uid(WATERMARKS)
        .name(WATERMARKS);
  }

  private Result result(AlertingStage.Streams alerts, DataStream<Rejected> rejected)
      throws Exception {
    CloseableIterator<AlertEvent> events = alerts.events().collectAsync();
    CloseableIterator<RuleStatus> statuses = alerts.statuses().collectAsync();
    CloseableIterator<Rejected> refused = rejected.collectAsync();
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
