package io.tidewatch.jobs.alerting;

import io.tidewatch.schemas.rule.RuleUpdate;
import io.tidewatch.udfs.alert.RuleReader;
import io.tidewatch.udfs.alert.StartingRules;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The rules of a job.
 *
 * @param told what is told while the job runs, without event time and never waited for
 * @param atStart what is known where the job is submitted
 * @param reader of their documents
 * @param reportEvery least time between two reports of how many series a rule has matched
 */
public record RuleInput(
    DataStream<RuleUpdate> told, StartingRules atStart, RuleReader reader, Duration reportEvery) {

  /** The same, reporting at each change: for inputs that end. */
  public RuleInput reportingAtOnce() {
    return new RuleInput(told, atStart, reader, Duration.ZERO);
  }
}
