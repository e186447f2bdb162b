package io.tidewatch.benchmarks.decode;

/** How a message is written. */
public enum MessageFormat {
  JSON,
  AVRO
}
