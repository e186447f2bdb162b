package io.tidewatch.benchmarks.workload;

import java.io.Serializable;

/** What happens in each event-second of a run; event-seconds are counted from 0. */
public interface Events extends Serializable {

  /** Event-seconds after which the input ends. */
  long seconds();

  /** So many records in a row are of different keys; parallel sources share them out evenly. */
  int turn();

  /** Records of all keys in that event-second. */
  int records(long second);

  /** When the i-th record of an event-second happened. */
  long timeMs(long second, int i);

  /** Whose the i-th record of an event-second is. */
  int key(long second, int i);

  /** The watermark once an event-second is over: no record comes at or before it any more. */
  default long watermarkMs(long second) {
    return Workload.startMs(second + 1) - 1;
  }
}
