package io.tidewatch.testkit.chaos;

/** What happens to a server. */
public enum FaultKind {
  /** {@code kill -9}; started again at once. */
  KILL,
  /** Stopped, started again after the length of the fault. */
  STOP,
  /**
   * {@code kill -STOP}, and {@code kill -CONT} after the length of the fault; what that is for
   * servers that are no processes, they say.
   */
  FREEZE
}
