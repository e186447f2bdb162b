package io.tidewatch.analytics.alert.rule;

/**
 * Why people are not told now.
 *
 * @param reason for people, as {@code mute 'night shift'}
 * @param untilMs when it should be looked at again, in event time, milliseconds since the epoch;
 *     {@code Long.MAX_VALUE} when time alone does not end it
 */
public record Quiet(String reason, long untilMs) {}
