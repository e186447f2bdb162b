package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.feature.registry.Feature;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which features are scored.
 *
 * @param leaveOut names in the registry of those that are not, of all fields
 */
public record ScoredFeatures(List<String> leaveOut) {

  public ScoredFeatures {
    Set<String> known = new TreeSet<>();
    Stream.concat(FeatureRegistry.choices().stream(), FeatureRegistry.ALWAYS.stream())
        .map(Feature::name)
        .forEach(known::add);
    for (String name : leaveOut) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "leave_out: must be names of features without their field, such as count, was '%s'"
                .formatted(name));
      }
    }
    leaveOut = List.copyOf(leaveOut);
  }
}
