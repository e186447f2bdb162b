package io.tidewatch.jobs.alerting;

import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.RuleDocuments;
import io.tidewatch.jobs.config.RuleFiles;
import io.tidewatch.jobs.source.NoEventTime;
import io.tidewatch.jobs.source.RulesTopic;
import io.tidewatch.schemas.rule.RuleUpdate;
import io.tidewatch.udfs.alert.RuleReader;
import io.tidewatch.udfs.alert.StartingRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the rules of a job come from: its file, and the topic of rules where there is one. Mutes
 * come from the file.
 */
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
   * @param file of the rules
   * @param series what the rules of the file may name
   * @param groupId consumer group of the job
   * @throws ConfigException when the file cannot be used or the topic cannot be read
   */
  public static RuleInput of(
      StreamExecutionEnvironment env,
      KafkaConfig kafka,
      AlertingConfig alerting,
      Path file,
      SeriesReader<?, ?> series,
      String groupId,
      AlertUids uids) {
    if (alerting.rulesTopic().isEmpty()) {
      return ofFile(silence(env, uids.rulesSource()), file, series);
    }
    Mutes mutes = RuleFiles.load(file, series).mutes();
    RuleReader reader = RuleDocuments.reader();
    RulesTopic topic = RulesTopic.read(kafka, alerting.rulesTopic());
    DataStream<RuleUpdate> told =
        env.fromSource(topic.source(groupId + "-rules"), NoEventTime.strategy(), uids.rulesSource())
            .setParallelism(AlertingStage.RULES_PARALLELISM)
            .uid(uids.rulesSource());
    StartingRules starting = starting(RuleDocuments.ofFile(file), topic.updates(), reader, mutes);
    return new RuleInput(told, starting, reader, REPORT_EVERY);
  }

  /**
   * The rules of a file and no others, for jobs that end with their input.
   *
   * @param uid of the source that tells nothing
   * @throws ConfigException when the file cannot be used
   */
  public static RuleInput ofFile(
      StreamExecutionEnvironment env, Path file, SeriesReader<?, ?> series, String uid) {
    DataStream<RuleUpdate> nothing =
        env.fromData(List.of(NOTHING), TypeInformation.of(RuleUpdate.class))
            .setParallelism(AlertingStage.RULES_PARALLELISM)
            .uid(uid)
            .name(uid);
    return ofFile(nothing, file, series);
  }

  /**
   * Changes nothing once a second. A source that ends would do as well, were it not that Flink may
   * not stop a job, or only when the savepoint has timed out, that is asked to while one of its
   * tasks finishes, as that of such a source does with the first checkpoint.
   */
  private static DataStream<RuleUpdate> silence(StreamExecutionEnvironment env, String uid) {
    return env.fromSource(
            new DataGeneratorSource<>(
                second -> NOTHING,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(1),
                TypeInformation.of(RuleUpdate.class)),
            NoEventTime.strategy(),
            uid)
        .setParallelism(AlertingStage.RULES_PARALLELISM)
        .uid(uid);
  }

  private static RuleInput ofFile(
      DataStream<RuleUpdate> nothing, Path file, SeriesReader<?, ?> series) {
    StartingRules starting =
        StartingRules.ofFiles(RuleDocuments.ofFile(file), RuleFiles.load(file, series).mutes());
    return new RuleInput(nothing, starting, RuleDocuments.reader(), REPORT_EVERY);
  }

  /** As a running job would have taken them, one after the other. */
  static StartingRules starting(
      Map<String, String> documents, List<RuleUpdate> updates, RuleReader reader, Mutes mutes) {
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
    return new StartingRules(documents, told, refused, mutes);
  }
}
