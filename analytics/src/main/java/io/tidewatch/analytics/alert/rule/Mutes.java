package io.tidewatch.analytics.alert.rule;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All mutes of a job; the first that holds gives the reason.
 *
 * @param all in the order of the file
 */
public record Mutes(List<Mute> all) implements Serializable {
  /** Nothing is muted. */
  public static final Mutes NONE = new Mutes(List.of());

  public Mutes {
    all = List.copyOf(all);
  }

  /**
   * Whether people are not told of an alert.
   *
   * @param labels of the alert
   * @param timeMs event time, milliseconds since the epoch
   * @return null when they are
   */
  public @Nullable Quiet quiet(Map<String, String> labels, long timeMs) {
    for (Mute mute : all) {
      Quiet quiet = mute.quiet(labels, timeMs);
      if (quiet != null) {
        return quiet;
      }
    }
    return null;
  }
}
