package io.tidewatch.testkit.tdengine;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The unit of the times of a database. */
enum Precision {
  MS(0, 1),
  US(1, 1_000),
  NS(2, 1_000_000);

  private final int code;
  private final long perMs;

  Precision(int code, long perMs) {
    this.code = code;
    this.perMs = perMs;
  }

  int code() {
    return code;
  }

  long ofMs(long ms) {
    return ms * perMs;
  }

  /** A time such as {@code 2026-01-01T00:00:00Z}; null when it is none. */
  @Nullable Long parsed(String text) {
    try {
      Instant time = Instant.parse(text);
      return ofMs(time.getEpochSecond() * 1_000) + time.getNano() / (1_000_000 / perMs);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
