package io.tidewatch.jobs.config;

import java.time.Duration;

/**
 * How rows are written to databases, whichever they are.
 *
 * @param flushRows rows are written when this many are waiting
 * @param flushInterval rows are written after this time at the latest
 * @param maxOutage how long a database that takes nothing is waited for before the job fails
 * @param refusedTopic Kafka topic of the rows that a database refuses
 */
public record SinkConfig(
    int flushRows, Duration flushInterval, Duration maxOutage, String refusedTopic) {

  public SinkConfig {
    if (flushRows < 1) {
      throw new IllegalArgumentException("flush_rows: must be ≥ 1, was " + flushRows);
    }
    if (flushInterval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "flush_interval: must be ≥ PT0.001S, was " + flushInterval);
    }
    if (maxOutage.isNegative()) {
      throw new IllegalArgumentException("max_outage: must be ≥ PT0S, was " + maxOutage);
    }
    TopicName.require("refused_topic", refusedTopic);
  }
}
