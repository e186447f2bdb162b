package io.tidewatch.jobs.config;

/**
 * What is read.
 *
 * @param topic input topic; refused messages go to {@code <topic>.dlq}, late records to {@code
 *     <topic>.late}
 * @param groupId consumer group, for monitoring; where a job goes on is in its checkpoints
 * @param start where a job without state begins
 * @param maxMessageBytes a longer message is refused
 */
public record InputConfig(String topic, String groupId, Start start, int maxMessageBytes) {

  /** Where a job without state begins. */
  public enum Start {
    /** At the oldest message the topic still has. */
    EARLIEST,
    /** Behind the newest message: nothing written before the start is read. */
    LATEST,
    /** Where the consumer group stopped, at the oldest message when it never read. */
    COMMITTED
  }

  public InputConfig {
    if (!topic.matches("[a-zA-Z0-9._-]{1,200}")) {
      throw new IllegalArgumentException(
          "topic: must be letters, digits, '.', '_' or '-', at most 200, was '" + topic + "'");
    }
    if (maxMessageBytes < 1) {
      throw new IllegalArgumentException("max_message_bytes: must be ≥ 1, was " + maxMessageBytes);
    }
  }

  public String deadLetterTopic() {
    return topic + ".dlq";
  }

  public String lateTopic() {
    return topic + ".late";
  }
}
