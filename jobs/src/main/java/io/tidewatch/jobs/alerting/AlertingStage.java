package io.tidewatch.jobs.alerting;

import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.udfs.alert.AlertFunction;
import io.tidewatch.udfs.alert.RuleStatusFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;

/**
 * The stage that holds rules against what passes in a job.
 *
 * <pre>
 *  windows ──(series)────┐         ┌──▶ events
 *                        ├─ alerts ┼──▶ states
 *  rules ──(broadcast)───┘         └── status ──▶ statuses
 * </pre>
 */
public final class AlertingStage {
  /** Rules come seldom, and one subtask keeps those of a name in order. */
  static final int RULES_PARALLELISM = 1;

  private AlertingStage() {}

  /**
   * Everything that leaves the stage.
   *
   * @param events transitions that are told
   * @param states the present state of each alert, whenever it changes
   * @param statuses what becomes of the rules
   */
  public record Streams(
      DataStream<AlertEvent> events,
      DataStream<AlertSnapshot> states,
      DataStream<RuleStatus> statuses) {}

  /**
   * @param windows keyed by series
   * @param series what the rules see of a window
   * @param job its name, for statuses
   */
  public static <K, T> Streams define(
      KeyedStream<T, K> windows,
      RuleInput rules,
      SeriesReader<K, T> series,
      String job,
      AlertUids uids) {
    var events =
        windows
            .connect(rules.told().broadcast(AlertFunction.RULES))
            .process(
                new AlertFunction<>(rules.atStart(), rules.reader(), series, rules.reportEvery()),
                TypeInformation.of(AlertEvent.class))
            .uid(uids.alerts())
            .name(uids.alerts());
    var statuses =
        events
            .getSideOutput(AlertFunction.REPORTS)
            .process(new RuleStatusFunction(job), TypeInformation.of(RuleStatus.class))
            .setParallelism(RULES_PARALLELISM)
            .uid(uids.status())
            .name(uids.status());
    return new Streams(events, events.getSideOutput(AlertFunction.STATES), statuses);
  }
}
