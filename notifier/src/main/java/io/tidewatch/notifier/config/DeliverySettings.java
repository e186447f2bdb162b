package io.tidewatch.notifier.config;

import java.time.Duration;

/**
 * How one channel delivers.
 *
 * @param queue notifications that may wait; when one more comes, all that wait become one digest
 * @param maxAlerts alerts a message shows; of the rest it says how many there are
 * @param burst messages that may follow each other at once
 * @param every after a burst, one message may be sent in this time
 * @param retryFirst first pause after a failure; each further one is about twice as long
 * @param retryAtMost longest pause
 * @param giveUpAfter a notification that could not be delivered for this long goes to the topic of
 *     what is undelivered
 * @param sendResolved whether people are told that an alert is over
 */
public record DeliverySettings(
    int queue,
    int maxAlerts,
    int burst,
    Duration every,
    Duration retryFirst,
    Duration retryAtMost,
    Duration giveUpAfter,
    boolean sendResolved) {

  public DeliverySettings {
    requireAtLeastOne("queue", queue);
    requireAtLeastOne("max_alerts", maxAlerts);
    requireAtLeastOne("burst", burst);
    TargetSettings.requirePositive("every", every);
    TargetSettings.requirePositive("retry_first", retryFirst);
    if (retryAtMost.compareTo(retryFirst) < 0) {
      throw new IllegalArgumentException(
          "retry_at_most: must be ≥ retry_first (" + retryFirst + "), was " + retryAtMost);
    }
    if (giveUpAfter.isNegative()) {
      throw new IllegalArgumentException("give_up_after: must be ≥ PT0S, was " + giveUpAfter);
    }
    if (maxAlerts > MOST_ALERTS) {
      throw new IllegalArgumentException(
          "max_alerts: must be ≤ " + MOST_ALERTS + ", was " + maxAlerts);
    }
  }

  /** A notification is one record of Kafka, which takes a megabyte. */
  private static final int MOST_ALERTS = 100;

  private static void requireAtLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + ": must be ≥ 1, was " + value);
    }
  }
}
