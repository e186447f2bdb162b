package io.tidewatch.notifier.group;

import io.tidewatch.schemas.derived.AlertEvent;
import java.util.List;
import java.util.Map;

/**
 * What a group has to say.
 *
 * @param groupId short name of the group
 * @param groupKey route and labels of the group, for people
 * @param receiver who is told
 * @param groupLabels what the alerts have in common
 * @param sequence number of this message of the group, from 1
 * @param alerts what is new first, then what still fires
 */
public record Flush(
    String groupId,
    String groupKey,
    String receiver,
    Map<String, String> groupLabels,
    long sequence,
    List<AlertEvent> alerts) {}
