package io.tidewatch.notifier;

import io.tidewatch.notifier.deliver.DeliveryLog;
import io.tidewatch.notifier.message.Notification;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The log of deliveries, for channels that are made before it is opened. */
final class LogInUse implements DeliveryLog {
  private volatile @Nullable DeliveryLog log;

  void use(DeliveryLog opened) {
    log = opened;
  }

  @Override
  public void sent(Notification notification) {
    Objects.requireNonNull(log, "opened before anything is delivered").sent(notification);
  }

  @Override
  public void undelivered(Notification notification, String reason) {
    Objects.requireNonNull(log, "opened before anything is delivered")
        .undelivered(notification, reason);
  }
}
