package io.tidewatch.analytics.alert;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of how the values of a record came about, for the events it makes.
 *
 * @param modelVersion version of the model that gave them; null where none did
 * @param attribution of a score: the features that made it what it is, each with its share
 * @param traceIds of slow requests behind the values, the slowest first
 */
public record SampleOrigin(
    @Nullable String modelVersion, Map<String, Double> attribution, List<String> traceIds) {

  /** Nothing is known. */
  public static final SampleOrigin UNKNOWN = new SampleOrigin(null, Map.of(), List.of());
}
