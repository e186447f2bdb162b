package io.tidewatch.notifier.group;

import io.tidewatch.schemas.derived.AlertEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became different and must be kept; null where something is to be forgotten.
 *
 * @param alerts last events, by fingerprint
 * @param groups by id
 * @param told id of the event that a group has told of an alert
 */
public record Changes(
    Map<String, @Nullable AlertEvent> alerts,
    Map<String, @Nullable GroupState> groups,
    Map<Told, @Nullable String> told) {

  static Changes none() {
    return new Changes(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  public boolean isEmpty() {
    return alerts.isEmpty() && groups.isEmpty() && told.isEmpty();
  }
}
