package io.tidewatch.jobs.latency;

import io.tidewatch.jobs.config.TopicName;

/**
 * The topic of the windows.
 *
 * @param windowsTopic Kafka topic of the windows; none when empty
 */
public record LatencyOutput(String windowsTopic) {

  public LatencyOutput {
    TopicName.requireOrNone("windows_topic", windowsTopic);
  }

  /** Whether windows are told to Kafka. */
  public boolean isTold() {
    return !windowsTopic.isEmpty();
  }
}
