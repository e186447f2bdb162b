package io.tidewatch.jobs.telemetry;

import io.tidewatch.jobs.config.StreamSink;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where the streams of the telemetry job go.
 *
 * @param features rows of features
 * @param readings of devices, cleaned by the ranges of their model, late ones too
 */
public record TelemetrySinks(List<StreamSink> features, List<StreamSink> readings) {

  public TelemetrySinks {
    features = List.copyOf(StreamSink.of("features", features, EnumSet.allOf(StreamSink.class)));
    readings =
        List.copyOf(
            StreamSink.of("readings", readings, Set.of(StreamSink.TDENGINE, StreamSink.PARQUET)));
  }
}
