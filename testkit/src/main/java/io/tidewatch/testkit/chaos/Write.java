package io.tidewatch.testkit.chaos;

/**
 * A result that was written.
 *
 * @param atMs when, milliseconds since the epoch
 * @param eventMs the event time it is about
 */
public record Write(long atMs, long eventMs) {
  /** How far behind event time it came, milliseconds. */
  public long lagMs() {
    return atMs - eventMs;
  }
}
