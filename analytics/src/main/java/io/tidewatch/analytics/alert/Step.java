package io.tidewatch.analytics.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sample or a silence makes of an alert.
 *
 * @param next state to remember; null when there is nothing to remember
 * @param transitions to be told, in order: none, one, or two when a sample after a long silence
 *     first ends the old episode and at once fires the next
 */
public record Step(@Nullable AlertState next, List<Transition> transitions) {

  public Step {
    transitions = List.copyOf(transitions);
  }
}
