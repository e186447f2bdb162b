package io.tidewatch.jobs.config;

/**
 * What is read.
 *
 * @param topic input topic; refused messages go to {@code <topic>.dlq}, late records to {@code
 *     <topic>.late}
 * @param groupId consumer group, for monitoring; where a job goes on is in its checkpoints
 * @param start where a job without state begins
 * @param maxMessageBytes a longer message is refused
 * @param format of the messages
 * @param avro where the schemas of Avro messages are; not looked at with another format
 */
public record InputConfig(
    String topic,
    String groupId,
    Start start,
    int maxMessageBytes,
    Format format,
    AvroConfig avro) {

  /** How a message is written. */
  public enum Format {
    /** One JSON object in UTF-8. */
    JSON,
    /** Binary Avro behind the id of its schema. */
    AVRO
  }

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
    TopicName.require("topic", topic);
    if (maxMessageBytes < 1) {
      throw new IllegalArgumentException("max_message_bytes: must be ≥ 1, was " + maxMessageBytes);
    }
    if (format == Format.AVRO && avro.knowsNoSchema()) {
      throw new IllegalArgumentException(
          "avro: must have schema_registry or schemas with format avro, had neither");
    }
  }

  public String deadLetterTopic() {
    return topic + ".dlq";
  }

  public String lateTopic() {
    return topic + ".late";
  }
}
