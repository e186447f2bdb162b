package io.tidewatch.notifier.deliver;

import io.tidewatch.notifier.message.Notification;

/** A way to tell people. */
public interface Channel extends AutoCloseable {

  /** Tries once; takes no longer than its time limit, and throws nothing. */
  Outcome send(Notification notification);

  @Override
  default void close() {}
}
