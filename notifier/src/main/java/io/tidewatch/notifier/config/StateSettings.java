package io.tidewatch.notifier.config;

import java.time.Duration;

/**
 * What survives the process.
 *
 * @param notificationsTopic compacted topic of alerts, groups and deliveries
 * @param undeliveredTopic topic of what was given up
 * @param keepSent how long it is kept there that a notification was sent
 * @param forgetResolved how long an alert that is over is remembered, so that a repetition of its
 *     events is not taken for a new episode
 */
public record StateSettings(
    String notificationsTopic,
    String undeliveredTopic,
    Duration keepSent,
    Duration forgetResolved) {

  /** A resolved alert is told to Alertmanager for this long. */
  private static final Duration LEAST_MEMORY = Duration.ofMinutes(15);

  public StateSettings {
    Topics.require("notifications_topic", notificationsTopic);
    Topics.require("undelivered_topic", undeliveredTopic);
    if (keepSent.isNegative()) {
      throw new IllegalArgumentException("keep_sent: must be ≥ PT0S, was " + keepSent);
    }
    if (forgetResolved.compareTo(LEAST_MEMORY) < 0) {
      throw new IllegalArgumentException(
          "forget_resolved: must be ≥ " + LEAST_MEMORY + ", was " + forgetResolved);
    }
  }
}
