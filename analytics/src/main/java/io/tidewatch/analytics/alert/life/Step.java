package io.tidewatch.analytics.alert.life;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an input makes of an alert.
 *
 * @param next state to remember; null when there is nothing to remember
 * @param transitions to be told, in order
 * @param wakeAtMs event time, milliseconds since the epoch, at which {@link AlertInput.Time} is to
 *     be told; {@code Long.MAX_VALUE}: never
 */
public record Step(@Nullable AlertState next, List<Transition> transitions, long wakeAtMs) {

  public Step {
    transitions = List.copyOf(transitions);
  }
}
