package io.tidewatch.jobs.sink;

import java.io.Serializable;

/** By what a record is found in its topic, and which others share its partition. */
@FunctionalInterface
public interface MessageKey<T> extends Serializable {

  /** The key, written in UTF-8. */
  String of(T record);
}
