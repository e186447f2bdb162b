package io.tidewatch.jobs.alerting;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.source.NoEventTime;
import io.tidewatch.jobs.source.RulesTopic;
import io.tidewatch.schemas.rule.RuleUpdate;
import io.tidewatch.udfs.alert.RuleReader;
import io.tidewatch.udfs.alert.StartingRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the rules of a job come from: its file, and the topic of rules where there is one. */
public final class RuleSources {
  private static final Logger LOG = LoggerFactory.getLogger(RuleSources.class);

  /** Often enough for people, seldom enough for a compacted topic. */
  private static final Duration REPORT_EVERY = Duration.ofMinutes(1);

  /** What takes away a rule that nobody has: it changes nothing. */
  private static final RuleUpdate NOTHING = new RuleUpdate("-", null);

  private RuleSources() {}

  /**
   * The rules of a file, over them those of the topic, which is read to its end here; what is told
   * behind that comes while the job runs.
   *
   * @param documents of the file by name of the rule
   * @param groupId consumer group of the job
   * @throws io.tidewatch.jobs.config.ConfigException when the topic cannot be read
   */
  public static RuleInput of(
      StreamExecutionEnvironment env,
      KafkaConfig kafka,
      AlertingConfig alerting,
      Map<String, String> documents,
      RuleReader reader,
      String groupId,
      AlertUids uids) {
    if (alerting.rulesTopic().isEmpty()) {
      return ofFile(env, documents, reader, uids.rulesSource());
    }
    RulesTopic topic = RulesTopic.read(kafka, alerting.rulesTopic());
    DataStream<RuleUpdate> told =
        env.fromSource(
                topic.source(groupId + "-rules"), NoEventTime.strategy(), uids.rulesSource())
            .setParallelism(AlertingStage.RULES_PARALLELISM)
            .uid(uids.rulesSource());
    return new RuleInput(
        told, starting(documents, topic.updates(), reader), reader, REPORT_EVERY);
  }

  /**
   * The rules of a file and no others.
   *
   * @param uid of the source that tells nothing
   */
  public static RuleInput ofFile(
      StreamExecutionEnvironment env,
      Map<String, String> documents,
      RuleReader reader,
      String uid) {
    DataStream<RuleUpdate> nothing =
        env.fromData(List.of(NOTHING), TypeInformation.of(RuleUpdate.class))
            .setParallelism(AlertingStage.RULES_PARALLELISM)
            .uid(uid)
            .name(uid);
    return new RuleInput(nothing, StartingRules.ofFiles(documents), reader, REPORT_EVERY);
  }

  /** As a running job would have taken them, one after the other. */
  static StartingRules starting(
      Map<String, String> documents, List<RuleUpdate> updates, RuleReader reader) {
    Map<String, String> told = new HashMap<>();
    Map<String, String> refused = new HashMap<>();
    for (RuleUpdate update : updates) {
      String document = update.document();
      refused.remove(update.rule());
      if (document == null) {
        told.put(update.rule(), "");
        continue;
      }
      try {
        reader.read(update.rule(), document);
        told.put(update.rule(), document);
      } catch (IllegalArgumentException e) {
        String reason = String.valueOf(e.getMessage());
        LOG.warn("rule '{}' left out: {}", update.rule(), reason);
        refused.put(update.rule(), reason);
      }
    }
    return new StartingRules(documents, told, refused);
  }
}
