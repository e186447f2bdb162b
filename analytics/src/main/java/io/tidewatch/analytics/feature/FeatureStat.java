package io.tidewatch.analytics.feature;

/**
 * What is told of each field: the feature registry. Order is the order in a feature vector: append,
 * never reorder, because models are trained on it. The suffix holds no underscore, so that {@code
 * <field>_<suffix>} is unique in a model.
 */
public enum FeatureStat {
  /** Arithmetic mean, in the field's unit; {@code NaN} without a value. */
  MEAN("mean") {
    @Override
    double of(FeaturePane pane, int field) {
      return pane.mean(field);
    }
  },
  /** Sample standard deviation (n − 1), in the field's unit; {@code NaN} below two values. */
  STD("std") {
    @Override
    double of(FeaturePane pane, int field) {
      return pane.sampleDeviation(field);
    }
  },
  /** Least value, in the field's unit; {@code NaN} without a value. */
  MIN("min") {
    @Override
    double of(FeaturePane pane, int field) {
      return pane.min(field);
    }
  },
  /** Greatest value, in the field's unit; {@code NaN} without a value. */
  MAX("max") {
    @Override
    double of(FeaturePane pane, int field) {
      return pane.max(field);
    }
  },
  /** How many values are not missing; 0 or more. */
  COUNT("count") {
    @Override
    double of(FeaturePane pane, int field) {
      return pane.count(field);
    }
  };

  private final String suffix;

  FeatureStat(String suffix) {
    this.suffix = suffix;
  }

  /** Last part of the feature's name. */
  public String suffix() {
    return suffix;
  }

  abstract double of(FeaturePane pane, int field);
}
