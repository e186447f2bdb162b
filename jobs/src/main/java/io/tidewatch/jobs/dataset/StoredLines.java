package io.tidewatch.jobs.dataset;

import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import java.io.Serializable;

/** How the lines of a file are read. */
sealed interface StoredLines extends Serializable permits CsvLines, NdjsonLines {

  /** Whether the first line is none of them, but {@link #begin} needs it. */
  boolean hasHeader();

  /**
   * Begins with a file.
   *
   * @param header its first line; empty where there is none
   */
  void begin(byte[] header);

  /** What a line says. */
  Decoded<KnownTelemetry> decode(byte[] line);
}
