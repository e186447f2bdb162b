package io.tidewatch.schemas.model;

import java.io.Serializable;

/**
 * Which values of a window are outliers, and what becomes of them.
 *
 * @param method how their bounds are found
 * @param threshold how far the bounds are, in the terms of the method
 * @param action what becomes of a value beyond
 */
public record OutlierRule(OutlierMethod method, double threshold, OutlierAction action)
    implements Serializable {

  /** Nothing is an outlier. */
  public static final OutlierRule NONE = of(OutlierMethod.NONE);

  public OutlierRule {
    method.check(threshold);
  }

  /** With the default threshold and action of the method. */
  public static OutlierRule of(OutlierMethod method) {
    return new OutlierRule(method, method.defaultThreshold(), method.defaultAction());
  }
}
