package io.tidewatch.notifier.deliver;

import io.tidewatch.notifier.message.Notification;

/** Keeps what came of a notification. Each method returns when that will survive the process. */
public interface DeliveryLog {

  /** The other side has it. */
  void sent(Notification notification);

  /**
   * It was given up.
   *
   * @param reason one line
   */
  void undelivered(Notification notification, String reason);
}
