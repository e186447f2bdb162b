package io.tidewatch.testkit;

import io.tidewatch.schemas.event.DeviceTelemetry;
import java.util.List;

/** Mean, sample standard deviation, minimum, maximum and count of a field, in two naive passes. */
public record FeatureOracle(double mean, double std, double min, double max, double count) {

  /** Over the values of one field that are not missing. */
  public static FeatureOracle of(List<DeviceTelemetry> records, int field) {
    double[] values =
        records.stream()
            .mapToDouble(record -> record.values()[field])
            .filter(value -> !Double.isNaN(value))
            .toArray();
    if (values.length == 0) {
      return new FeatureOracle(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double std = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new FeatureOracle(mean, std, min, max, values.length);
  }
}
