package io.tidewatch.notifier.state;

import io.tidewatch.notifier.group.Told;
import io.tidewatch.notifier.message.Notification;

/**
 * Keys of the topic of notifications: {@code alert/<fingerprint>}, {@code group/<id>}, {@code
 * told/<group>/<fingerprint>}, {@code delivery/<channel>/<idempotency key>}.
 */
final class StateKey {
  static final String ALERT = "alert/";
  static final String GROUP = "group/";
  static final String TOLD = "told/";
  static final String DELIVERY = "delivery/";

  private StateKey() {}

  static String ofAlert(String fingerprint) {
    return ALERT + fingerprint;
  }

  static String ofGroup(String id) {
    return GROUP + id;
  }

  static String of(Told told) {
    return TOLD + told.groupId() + "/" + told.fingerprint();
  }

  /** The group has a fixed form, the fingerprint may hold anything. */
  static Told told(String key) {
    int slash = key.indexOf('/', TOLD.length());
    return new Told(key.substring(TOLD.length(), slash), key.substring(slash + 1));
  }

  static String of(Notification notification) {
    return DELIVERY + notification.channel() + "/" + notification.key();
  }
}
