package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.alert.ScoreKey;
import io.tidewatch.analytics.alert.ScoreSeries;
import io.tidewatch.jobs.alerting.AlertOutputs;
import io.tidewatch.jobs.alerting.AlertingStage;
import io.tidewatch.jobs.alerting.RuleInput;
import io.tidewatch.jobs.alerting.RuleSources;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.schemas.derived.AnomalyScore;
import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Alerts on anomaly scores, behind the topology of the anomaly job.
 *
 * <pre>
 *  scores ──(model, device, metric)── alerts ──▶ events, states, statuses
 * </pre>
 */
public final class AnomalyAlerts {
  private AnomalyAlerts() {}

  /** Holds the rules of the configuration against the scores and tells what comes of it. */
  static void attach(
      StreamExecutionEnvironment env,
      Path file,
      AnomalyConfig config,
      DataStream<AnomalyScore> scores,
      @Nullable RowTarget rows) {
    String groupId = config.input().groupId();
    RuleInput rules =
        RuleSources.of(
            env,
            config.kafka(),
            config.alerting(),
            file.resolveSibling(config.alerting().rules()),
            new ScoreSeries(),
            groupId,
            AnomalyUids.ALERTING);
    AlertOutputs.attach(
        define(scores, rules),
        config.kafka(),
        config.alerting(),
        rows,
        env.getConfiguration(),
        groupId,
        AnomalyJob.NAME,
        AnomalyUids.ALERTING);
  }

  /** The stage without its surroundings. */
  public static AlertingStage.Streams define(DataStream<AnomalyScore> scores, RuleInput rules) {
    return AlertingStage.define(
        scores.keyBy(ScoreKey::of, TypeInformation.of(ScoreKey.class)),
        rules,
        new ScoreSeries(),
        AnomalyJob.NAME,
        AnomalyUids.ALERTING);
  }
}
