package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.RecordMaker;
import io.tidewatch.schemas.event.DeviceTelemetry;

/**
 * Readings in which cleaning finds work: of each 128 values three are missing, and those that are
 * there are as long-tailed as the values of the workload, so that some of each window lie beyond
 * its fences. Each field has an order of its own, so that no branch of a sort foretells the next.
 */
final class UncleanReadings implements RecordMaker<DeviceTelemetry> {
  private static final long serialVersionUID = 1;

  private static final int BITS = 7;
  private static final int SIDES = 1 << BITS;

  /** Sides of a die of {@link #SIDES} on which a value is missing. */
  private static final int GAPS = 3;

  private final Devices devices;

  UncleanReadings(int keys) {
    devices = new Devices(keys);
  }

  @Override
  public DeviceTelemetry make(int key, long timeMs, double value) {
    double[] values = new double[Devices.FIELDS];
    long dice = thrown(key, timeMs);
    for (int field = 0; field < values.length; field++) {
      int die = (int) dice & (SIDES - 1);
      dice >>>= BITS;
      values[field] = die < GAPS ? Double.NaN : value * (SIDES + die);
    }
    return devices.reading(key, timeMs, values);
  }

  /** A die for each field; the finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, 2014). */
  private static long thrown(int key, long timeMs) {
    long mixed = timeMs * 0x9E3779B97F4A7C15L + key;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
