package io.tidewatch.notifier.config;

/**
 * What is read.
 *
 * @param topic of the alert events; what is no event goes to {@code <topic>.dlq}
 * @param groupId consumer group whose offsets say how far the topic was read; also names the one
 *     notifier that may write its state
 * @param start where a notifier without offsets begins
 */
public record InputSettings(String topic, String groupId, Start start) {

  /** Where a notifier without offsets begins. */
  public enum Start {
    /** At the oldest event the topic still has: people are told of what is long over. */
    EARLIEST,
    /** Behind the newest event. */
    LATEST
  }

  public InputSettings {
    Topics.require("topic", topic);
    if (groupId.isBlank()) {
      throw new IllegalArgumentException("group_id: must be given, was empty");
    }
  }

  public String deadLetterTopic() {
    return topic + ".dlq";
  }
}
