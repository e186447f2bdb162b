package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.rule.Quiet;
import org.jspecify.annotations.Nullable;

/** What keeps people from being told of an alert: a mute, or a worse alert about the same. */
@FunctionalInterface
public interface Quieting {
  /** People are told of everything. */
  Quieting NEVER = timeMs -> null;

  /**
   * What keeps people from being told; null when nothing does.
   *
   * @param timeMs event time, milliseconds since the epoch
   */
  @Nullable Quiet at(long timeMs);
}
