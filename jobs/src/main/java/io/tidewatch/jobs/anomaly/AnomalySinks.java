package io.tidewatch.jobs.anomaly;

import io.tidewatch.jobs.config.StreamSink;
import java.util.List;
import java.util.Set;

/**
 * Where the streams of the anomaly job go.
 *
 * @param scores of rows
 */
public record AnomalySinks(List<StreamSink> scores) {

  public AnomalySinks {
    scores =
        List.copyOf(
            StreamSink.of(
                "scores",
                scores,
                Set.of(StreamSink.TIMESCALE, StreamSink.KAFKA, StreamSink.PARQUET)));
  }
}
