package io.tidewatch.notifier.route;

import java.time.Duration;

/**
 * When a group speaks.
 *
 * @param groupWait from its first alert to its first message, so that others can join
 * @param groupInterval least time between two messages
 * @param repeatInterval after which what still fires is told again
 */
public record GroupTiming(Duration groupWait, Duration groupInterval, Duration repeatInterval) {

  public GroupTiming {
    if (groupWait.isNegative()) {
      throw new IllegalArgumentException("group_wait: must be ≥ PT0S, was " + groupWait);
    }
    if (groupInterval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "group_interval: must be ≥ PT0.001S, was " + groupInterval);
    }
    if (repeatInterval.compareTo(groupInterval) < 0) {
      throw new IllegalArgumentException(
          "repeat_interval: must be ≥ group_interval ("
              + groupInterval
              + "), was "
              + repeatInterval);
    }
  }
}
