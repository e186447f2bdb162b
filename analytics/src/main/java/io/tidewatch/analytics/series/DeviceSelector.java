package io.tidewatch.analytics.series;

import io.tidewatch.analytics.feature.registry.Feature;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses metrics of devices.
 *
 * @param model name of a telemetry model, or {@link #ANY}: then whatever a model has of it
 * @param fields names of fields, or {@link #ANY} alone
 * @param features names of features without their field, such as {@code mean}
 */
public record DeviceSelector(String model, List<String> fields, List<String> features)
    implements Serializable {
  /** Stands for all models, or all fields. */
  public static final String ANY = "*";

  public DeviceSelector {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "fields: must name a field, or be [\"*\"] for all, was empty");
    }
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: must name a feature, such as mean, was empty");
    }
    for (String feature : features) {
      if (known().noneMatch(feature::equals)) {
        throw new IllegalArgumentException(
            "features: must be names of features without their field, such as mean, was '%s'"
                .formatted(feature));
      }
    }
    fields = List.copyOf(fields);
    features = List.copyOf(features);
  }

  private static Stream<String> known() {
    return Stream.concat(FeatureRegistry.choices().stream(), FeatureRegistry.ALWAYS.stream())
        .map(Feature::name);
  }

  boolean isOfAnyModel() {
    return model.equals(ANY);
  }

  boolean isOfAnyField() {
    return fields.equals(List.of(ANY));
  }
}
