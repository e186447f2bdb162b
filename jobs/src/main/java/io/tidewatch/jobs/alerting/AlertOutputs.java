package io.tidewatch.jobs.alerting;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.sink.IncidentRows;
import io.tidewatch.jobs.sink.KafkaSinks;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.jobs.sink.RuleRows;
import io.tidewatch.jobs.sink.Sinks;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/** Where what leaves the alert stage goes, the same in each job. */
public final class AlertOutputs {
  private AlertOutputs() {}

  /**
   * Attaches the sinks that the configuration asks for.
   *
   * @param rows where incidents and rules are stored; null where the job stores nothing
   * @param groupId consumer group of the job, which names its transactions
   * @param flink configuration of the job
   * @param job its name
   */
  public static void attach(
      AlertingStage.Streams alerts,
      KafkaConfig kafka,
      AlertingConfig alerting,
      @Nullable RowTarget rows,
      ReadableConfig flink,
      String groupId,
      String job,
      AlertUids uids) {
    Sinks.attach(
        alerts.events(),
        KafkaSinks.alerts(kafka, alerting, flink, job, groupId + "-" + uids.alertsSink()),
        uids.alertsSink());
    if (rows != null) {
      Sinks.attach(alerts.events(), IncidentRows.sink(rows), uids.incidentsSink());
      Sinks.attach(alerts.statuses(), RuleRows.sink(rows), uids.rulesSink());
    }
    if (!alerting.stateTopic().isEmpty()) {
      Sinks.attach(
          alerts.states(), KafkaSinks.alertStates(kafka, alerting.stateTopic()), uids.statesSink());
    }
    if (!alerting.statusTopic().isEmpty()) {
      Sinks.attach(
          alerts.statuses(),
          KafkaSinks.keyed(
              kafka, alerting.statusTopic(), RuleStatusCodec::key, new RuleStatusCodec()),
          uids.statusSink());
    }
  }
}
