package io.tidewatch.notifier.config;

/**
 * One channel.
 *
 * @param name stands in metrics, in the state and in messages
 * @param settings where it leads
 * @param delivery how it delivers
 */
public record ChannelConfig(String name, ChannelSettings settings, DeliverySettings delivery) {}
