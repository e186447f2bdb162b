package io.tidewatch.analytics.feature.registry;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Hour of the day, 0 to 23, of the last millisecond of the window in the time zone of the model.
 */
record HourOfDay() implements RowFeature {

  @Override
  public String name() {
    return "hour_of_day";
  }

  @Override
  public String unit(String ofField) {
    return "h";
  }

  @Override
  public String definition() {
    return "hour of the last millisecond of the window in the time zone of the model, 0 to 23";
  }

  @Override
  public double of(long endMs, ZoneId zone) {
    return Instant.ofEpochMilli(endMs - 1).atZone(zone).getHour();
  }
}
