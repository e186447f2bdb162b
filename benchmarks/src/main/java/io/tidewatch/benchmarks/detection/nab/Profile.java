package io.tidewatch.benchmarks.detection.nab;

/**
 * What mistakes cost: NAB's application profiles, {@code config/profiles.json}. A window that is
 * found as early as possible is worth 1 in all of them.
 */
public enum Profile {
  STANDARD("standard", 0.11, 1),
  LOW_FALSE_POSITIVES("reward_low_FP_rate", 0.22, 1),
  LOW_FALSE_NEGATIVES("reward_low_FN_rate", 0.11, 2);

  private final String key;
  private final double falseRow;
  private final double missedWindow;

  Profile(String key, double falseRow, double missedWindow) {
    this.key = key;
    this.falseRow = falseRow;
    this.missedWindow = missedWindow;
  }

  /** NAB's name of it. */
  public String key() {
    return key;
  }

  /** What a reported row far behind all windows costs. */
  double falseRow() {
    return falseRow;
  }

  /** What a window without a reported row costs. */
  double missedWindow() {
    return missedWindow;
  }
}
