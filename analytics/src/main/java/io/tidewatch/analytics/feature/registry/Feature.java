package io.tidewatch.analytics.feature.registry;

import java.io.Serializable;

/**
 * A number told of each window. What it is a function of decides how a window is held: see {@link
 * SummaryFeature}, {@link PointFeature}, {@link RowFeature}.
 *
 * <p>{@code NaN} where it is not defined; one that does not fit a double is {@code NaN} in the row.
 */
public sealed interface Feature extends Serializable
    permits SummaryFeature, PointFeature, RowFeature {

  /**
   * Lower case letters, digits and underscores; never the end of another's after an underscore, so
   * that {@code <field>_<feature>} is unique in a model.
   */
  String name();

  /**
   * Unit of its values.
   *
   * @param ofField unit of the field it is computed of
   */
  String unit(String ofField);

  /** Definition in one line, with what it is of no value and of one; for people. */
  String definition();
}
