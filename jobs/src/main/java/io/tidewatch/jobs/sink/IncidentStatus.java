package io.tidewatch.jobs.sink;

import io.tidewatch.schemas.derived.AlertStatus;
import java.util.Locale;

/** What a row of {@code alert_incidents} says of its episode. */
public enum IncidentStatus {
  ACTIVE,
  /** It fires, and people are not told. */
  SUPPRESSED,
  /** It is over, for good. */
  RESOLVED;

  /** What an event makes of the row. */
  public static IncidentStatus of(AlertStatus status) {
    return switch (status) {
      case RESOLVED -> RESOLVED;
      case SUPPRESSED -> SUPPRESSED;
      case FIRING, FLAPPING, NO_DATA -> ACTIVE;
    };
  }

  /** As it stands in the table. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when no status is written so; the table has none such
   */
  static IncidentStatus ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
