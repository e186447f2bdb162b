package io.tidewatch.notifier.group;

import java.util.Map;

/**
 * What of a group survives the process, beside what it has told of each alert.
 *
 * @param id short name of the group
 * @param routeId the route it belongs to
 * @param labels what its alerts have in common
 * @param sequence number of its last message, 0 before the first
 * @param toldMs time of its last message, milliseconds since the epoch; {@link #NEVER} before it
 * @param dueMs when it looks next whether there is something to say; {@link #NEVER} for not
 */
public record GroupState(
    String id, String routeId, Map<String, String> labels, long sequence, long toldMs, long dueMs) {
  /** No time. */
  public static final long NEVER = Long.MAX_VALUE;
}
