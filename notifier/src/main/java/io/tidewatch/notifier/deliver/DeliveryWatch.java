package io.tidewatch.notifier.deliver;

import io.tidewatch.notifier.message.Notification;
import java.time.Duration;

/** Hears what a channel does, to count it. */
public interface DeliveryWatch {

  /**
   * Delivered.
   *
   * @param delay since it was made
   */
  void delivered(Notification notification, Duration delay);

  /** An attempt failed; there will be another. */
  void failed(Notification notification, String reason);

  /** Given up. */
  void gaveUp(Notification notification, String reason);
}
