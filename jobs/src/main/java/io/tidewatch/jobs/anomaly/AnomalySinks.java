package io.tidewatch.jobs.anomaly;

import io.tidewatch.jobs.config.StreamSink;
import java.util.EnumSet;
import java.util.List;

/**
 * Where the streams of the anomaly job go.
 *
 * @param scores of rows
 */
public record AnomalySinks(List<StreamSink> scores) {

  public AnomalySinks {
    scores = List.copyOf(StreamSink.of("scores", scores, EnumSet.allOf(StreamSink.class)));
  }
}
