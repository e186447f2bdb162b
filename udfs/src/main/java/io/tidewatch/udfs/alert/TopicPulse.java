package io.tidewatch.udfs.alert;

/**
 * When this subtask last saw that the topic goes on, by the clock of the machine: a record came, or
 * event time has passed, which it does as long as anybody sends. Begins with the start of the
 * subtask, so that nobody is called silent for the time in which the job was away.
 */
final class TopicPulse {
  private boolean begun;
  private long newestMs;
  private long lastMs;

  /**
   * Notes what there is to see.
   *
   * @param nowMs processing time, milliseconds since the epoch
   * @param watermarkMs event time, milliseconds since the epoch
   */
  void see(long nowMs, long watermarkMs) {
    if (!begun || watermarkMs > newestMs) {
      begun = true;
      newestMs = watermarkMs;
      lastMs = nowMs;
    }
  }

  /** Notes a record. */
  void record(long nowMs, long watermarkMs) {
    see(nowMs, watermarkMs);
    lastMs = nowMs;
  }

  /** Processing time at which it was seen last; {@link #see} comes first. */
  long lastMs() {
    return lastMs;
  }
}
