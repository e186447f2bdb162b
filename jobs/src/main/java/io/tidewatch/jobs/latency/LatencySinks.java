package io.tidewatch.jobs.latency;

import io.tidewatch.jobs.config.StreamSink;
import java.util.List;
import java.util.Set;

/**
 * Where the streams of the latency job go.
 *
 * @param windows rows of percentiles
 */
public record LatencySinks(List<StreamSink> windows) {

  public LatencySinks {
    windows =
        List.copyOf(
            StreamSink.of(
                "windows",
                windows,
                Set.of(StreamSink.TIMESCALE, StreamSink.KAFKA, StreamSink.PARQUET)));
  }
}
