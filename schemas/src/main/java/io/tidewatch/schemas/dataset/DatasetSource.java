package io.tidewatch.schemas.dataset;

/** A piece of stored telemetry that was read, so that the same can be read again. */
public sealed interface DatasetSource {

  /**
   * A whole file.
   *
   * @param path as it was configured
   * @param format {@code csv} or {@code ndjson}
   * @param bytes its length
   */
  record File(String path, String format, long bytes) implements DatasetSource {
    public File {
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes: must be ≥ 0, was " + bytes);
      }
    }
  }

  /**
   * A range of one partition of a Kafka topic.
   *
   * @param fromOffset of the first message
   * @param toOffset behind the last message, at least {@code fromOffset}
   */
  record KafkaRange(String topic, int partition, long fromOffset, long toOffset)
      implements DatasetSource {
    public KafkaRange {
      if (fromOffset < 0 || toOffset < fromOffset) {
        throw new IllegalArgumentException(
            "to_offset: must be ≥ from_offset ≥ 0, was %d of %d".formatted(toOffset, fromOffset));
      }
    }
  }

  /**
   * The result of a query.
   *
   * @param url of the database, without user and password
   * @param query its text
   */
  record Query(String url, String query) implements DatasetSource {}
}
