package io.tidewatch.analytics.feature.registry;

import java.time.ZoneId;

/** A feature of a window itself, of none of its fields; its name has no field before it. */
public non-sealed interface RowFeature extends Feature {

  /**
   * Its value.
   *
   * @param endMs end of the window, exclusive, milliseconds since the epoch; the last millisecond
   *     before it is what is told of
   * @param zone time zone of the model
   */
  double of(long endMs, ZoneId zone);
}
