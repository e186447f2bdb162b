package io.tidewatch.jobs.anomaly;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidewatch.analytics.decide.DeviationRule;
import io.tidewatch.analytics.decide.Direction;
import io.tidewatch.analytics.series.DeviationSelector;
import java.util.List;

/** One of {@code series.decisions}: what of a deviation is left out suppresses nothing. */
public final class DecisionEntry {
  private final String model;
  private final List<String> metrics;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private Direction direction = DeviationRule.ANY.direction();

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private double leastAbsolute = DeviationRule.ANY.leastAbsolute();

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private double leastRelative = DeviationRule.ANY.leastRelative();

  @JsonCreator
  DecisionEntry(
      @JsonProperty("model") String model, @JsonProperty("metrics") List<String> metrics) {
    this.model = model;
    this.metrics = metrics;
  }

  /**
   * @throws IllegalArgumentException naming key, rule and value
   */
  DeviationSelector selector() {
    return new DeviationSelector(
        model, metrics, new DeviationRule(direction, leastAbsolute, leastRelative));
  }
}
