package io.tidewatch.schemas.model;

import java.io.Serializable;

/** The windows of a telemetry model: so much time each, or so many points each. */
public sealed interface ModelWindow extends Serializable permits WindowSpec, PointWindowSpec {

  /**
   * How a window is cut into panes. Windows by time count in milliseconds. Windows by points count
   * in positions, of which the first point of a device has 0: one point stands where one
   * millisecond does.
   */
  WindowSpec panes();
}
