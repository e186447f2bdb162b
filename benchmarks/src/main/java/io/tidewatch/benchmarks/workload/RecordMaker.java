package io.tidewatch.benchmarks.workload;

import java.io.Serializable;

/** Puts an event into the record type that a variant takes. */
@FunctionalInterface
public interface RecordMaker<T> extends Serializable {
  T make(int key, long timeMs, double value);
}
