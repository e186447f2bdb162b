package io.tidewatch.notifier.config;

import io.tidewatch.notifier.route.Route;
import java.util.List;
import java.util.Map;

/**
 * What a notifier runs with.
 *
 * @param kafka how to reach Kafka
 * @param input what is read
 * @param state what survives the process
 * @param http where metrics and health are served
 * @param targets where requests may go
 * @param channels those that are on
 * @param receivers names of their channels by name of receiver; none where all are off
 * @param route root of the routes
 */
public record NotifierConfig(
    KafkaSettings kafka,
    InputSettings input,
    StateSettings state,
    ListenSettings http,
    TargetSettings targets,
    List<ChannelConfig> channels,
    Map<String, List<String>> receivers,
    Route route) {

  public NotifierConfig {
    channels = List.copyOf(channels);
    receivers = Map.copyOf(receivers);
    if (channels.isEmpty()) {
      throw new IllegalArgumentException(
          "channels: must have one with a target (host, url or webhook_url), had none");
    }
  }

  /** Names of the channels of a receiver. */
  public List<String> channelsOf(String receiver) {
    return receivers.getOrDefault(receiver, List.of());
  }
}
