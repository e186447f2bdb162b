package io.tidewatch.jobs.latency;

import io.tidewatch.jobs.config.StreamSink;
import java.util.EnumSet;
import java.util.List;

/**
 * Where the streams of the latency job go.
 *
 * @param windows rows of percentiles
 */
public record LatencySinks(List<StreamSink> windows) {

  public LatencySinks {
    windows = List.copyOf(StreamSink.of("windows", windows, EnumSet.allOf(StreamSink.class)));
  }
}
