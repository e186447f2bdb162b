package io.tidewatch.notifier.group;

/**
 * A group has told of an alert.
 *
 * @param groupId short name of the group
 * @param fingerprint the alert
 */
public record Told(String groupId, String fingerprint) {}
