package io.tidewatch.analytics.feature;

/**
 * What is kept of the records of one device in a pane or a window: their sums and extremes ({@link
 * FeaturePane}), or the records themselves ({@link PointsPane}), as the features and the cleaning
 * of the model need it. Both are functions of the records alone, in whatever order they came.
 *
 * <p>A model that changes finds panes of the other way in its state. Points become sums, exactly;
 * sums do not become points, so merging these into points is refused.
 */
public sealed interface DevicePane permits FeaturePane, PointsPane {

  /** Number of records, whether or not their values are missing. */
  long records();

  /**
   * Adds one record.
   *
   * @param timeMs its event time, milliseconds since the epoch
   * @param values one a field; not finite is missing, and so are values of fields at the end that
   *     the record does not have
   */
  void add(long timeMs, double[] values);

  /**
   * Adds all that {@code from} holds of the fields of this pane; {@code from} stays as it is.
   *
   * @throws IllegalArgumentException when this is of points and the other of sums
   */
  void merge(DevicePane from);

  /** Sums and extremes of its records; not to be changed. */
  FeaturePane summary();

  /** An independent copy. */
  DevicePane copy();
}
