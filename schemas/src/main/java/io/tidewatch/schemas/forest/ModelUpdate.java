package io.tidewatch.schemas.forest;

import org.jspecify.annotations.Nullable;

/**
 * One message of the topic of models that could be read, with where it stands.
 *
 * @param modelKey see {@link ModelMessage#modelKey}
 * @param version the version it is about
 * @param rollback whether it asks for a version that is kept; otherwise {@code document} is an
 *     artifact
 * @param toldByJob whether a job told what it uses, and no person asks for anything
 * @param document the value of the message as it came
 * @param origin where it stands; null for what was read before the stream began
 */
public record ModelUpdate(
    String modelKey,
    String version,
    boolean rollback,
    boolean toldByJob,
    byte[] document,
    @Nullable Origin origin) {

  /** The header of a message that a job told; a wire format, never rename. */
  public static final String TOLD_BY_JOB = "tidewatch-told-by-job";

  /**
   * Where a message stands.
   *
   * @param topic Kafka topic
   * @param partition of the topic
   * @param offset in the partition
   * @param timestampMs the broker's time of the message, milliseconds since the epoch
   */
  public record Origin(String topic, int partition, long offset, long timestampMs) {}
}
