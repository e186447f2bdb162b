package io.tidewatch.jobs.anomaly;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidewatch.analytics.series.EndpointSelector;
import java.util.List;

/** One of {@code series.endpoints}: which endpoints may be left out, and is all then. */
public final class EndpointEntry {
  private final List<String> metrics;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private String service = EndpointSelector.ANY;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private String endpoint = EndpointSelector.ANY;

  @JsonCreator
  EndpointEntry(@JsonProperty("metrics") List<String> metrics) {
    this.metrics = metrics;
  }

  /**
   * @throws IllegalArgumentException naming key, rule and value
   */
  EndpointSelector selector() {
    return new EndpointSelector(service, endpoint, metrics);
  }
}
