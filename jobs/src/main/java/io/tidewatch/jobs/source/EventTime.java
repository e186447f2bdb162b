package io.tidewatch.jobs.source;

import java.io.Serializable;

/** Where a record carries its event time. */
@FunctionalInterface
public interface EventTime<T> extends Serializable {

  /** Milliseconds since the epoch. */
  long ofMs(T value);
}
