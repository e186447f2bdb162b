package io.tidewatch.analytics.feature.registry;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Day of the week, 1 (Monday) to 7 (Sunday) as in ISO 8601, of the last millisecond of the window
 * in the time zone of the model.
 */
record DayOfWeek() implements RowFeature {

  @Override
  public String name() {
    return "day_of_week";
  }

  @Override
  public String unit(String ofField) {
    return "d";
  }

  @Override
  public String definition() {
    return "day of the last millisecond of the window in the time zone of the model, 1 (Monday) to 7 (ISO 8601)";
  }

  @Override
  public double of(long endMs, ZoneId zone) {
    return Instant.ofEpochMilli(endMs - 1).atZone(zone).getDayOfWeek().getValue();
  }
}
