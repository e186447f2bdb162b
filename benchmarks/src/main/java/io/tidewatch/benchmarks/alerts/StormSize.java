package io.tidewatch.benchmarks.alerts;

/**
 * A storm.
 *
 * @param devices that cross the threshold in one second; as many in each group
 * @param groupWaitSeconds of the notifier: from the first alert of a group to its first message
 * @param groupIntervalSeconds of the notifier: least time between two messages of a group
 */
public record StormSize(int devices, int groupWaitSeconds, int groupIntervalSeconds) {
  /** Of which each has a route, and so a group, of its own. */
  static final int GROUPS = 10;

  /**
   * @throws IllegalArgumentException when the groups would not be of one even size
   */
  public StormSize {
    if (devices < 2 * GROUPS || devices % (2 * GROUPS) != 0) {
      throw new IllegalArgumentException(
          "devices: must be a multiple of %d, was %d".formatted(2 * GROUPS, devices));
    }
  }

  int devicesOfGroup() {
    return devices / GROUPS;
  }
}
