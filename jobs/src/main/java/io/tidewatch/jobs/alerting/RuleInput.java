package io.tidewatch.jobs.alerting;

import io.tidewatch.schemas.rule.RuleUpdate;
import io.tidewatch.udfs.alert.RuleReader;
import io.tidewatch.udfs.alert.StartingRules;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The rules of a job.
 *
 * @param told what is told while the job runs, without event time and never waited for
 * @param atStart what is known where the job is submitted
 * @param reader of their documents
 */
public record RuleInput(DataStream<RuleUpdate> told, StartingRules atStart, RuleReader reader) {}
