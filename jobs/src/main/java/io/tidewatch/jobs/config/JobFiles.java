package io.tidewatch.jobs.config;

import io.tidewatch.analytics.alert.rule.AlertRule;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the files of a job say, read and checked; nothing was connected to. */
public interface JobFiles {

  /** The rules that are held against the windows of the job. */
  List<AlertRule> rules();

  /** What one series of each kind costs. */
  List<SeriesCost> series();

  /** What the job has, in a few words for people. */
  default String summary() {
    return "%d alert rules".formatted(rules().size());
  }

  /**
   * Keeps a job from starting whose state would explode, and logs what should be thought about.
   *
   * @throws ConfigException naming file and key
   */
  default void refuseWhatExplodes() {
    Logger log = LoggerFactory.getLogger(JobFiles.class);
    for (SeriesCost each : series()) {
      for (String refusal : each.refusals()) {
        throw new ConfigException(refusal);
      }
      each.warnings().forEach(log::warn);
    }
  }
}
