package io.tidewatch.analytics.series;

import java.io.Serializable;

/**
 * One metric of one device or endpoint: the key of its series.
 *
 * @param model name of the telemetry model, {@link #LATENCY} of an endpoint
 * @param entity the device or endpoint
 * @param metric name of the feature as in the vector, of an endpoint that of the column
 */
public record SeriesKey(String model, String entity, String metric) implements Serializable {
  /** Stands for the telemetry model of endpoints. No telemetry model begins with an underscore. */
  public static final String LATENCY = "_latency";

  /** As people read it. */
  @Override
  public String toString() {
    return model + "/" + entity + "/" + metric;
  }
}
