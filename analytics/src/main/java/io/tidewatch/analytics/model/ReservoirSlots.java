package io.tidewatch.analytics.model;

/** Where the rows of a history are kept, each by itself: only those that move are written. */
public interface ReservoirSlots {

  /** The row of a slot that was put there before. */
  ReservoirRow get(int slot) throws Exception;

  /** Puts a row into a slot. */
  void put(int slot, ReservoirRow row) throws Exception;
}
