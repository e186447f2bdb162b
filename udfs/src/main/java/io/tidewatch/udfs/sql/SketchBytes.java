package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import java.io.IOException;

/** An argument that is a sketch. */
final class SketchBytes {

  private SketchBytes() {}

  /**
   * @param function its SQL name
   * @throws IllegalArgumentException when the bytes are no sketch
   */
  static QuantileSketch read(String function, byte[] s) {
    try {
      return StoredSketches.decode(s);
    } catch (IOException notOne) {
      throw new IllegalArgumentException(function + ": s: " + notOne.getMessage(), notOne);
    }
  }
}
