package io.tidewatch.notifier.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file of the notifier as it is written; each part is explained where it is used, the keys in
 * {@code flink-conf/notifier.yaml}.
 */
public record NotifierFile(
    KafkaSettings kafka,
    InputSettings input,
    StateSettings state,
    ListenSettings http,
    TargetSettings targets,
    DeliverySettings delivery,
    List<ChannelEntry> channels,
    List<ReceiverEntry> receivers,
    RouteEntry route) {

  /**
   * What it comes to: channels with a target, and routes to receivers there are.
   *
   * @throws IllegalArgumentException naming key, rule and value
   */
  public NotifierConfig toConfig() {
    List<ChannelConfig> all = channels.stream().map(entry -> entry.over(delivery)).toList();
    Set<String> names = new HashSet<>();
    for (ChannelConfig channel : all) {
      if (!names.add(channel.name())) {
        throw new IllegalArgumentException(
            "channels: must have each name once, had '" + channel.name() + "' again");
      }
    }
    Map<String, List<String>> channelsOf = new LinkedHashMap<>();
    List<ChannelConfig> on = all.stream().filter(channel -> channel.settings().isOn()).toList();
    Set<String> named = new HashSet<>(on.stream().map(ChannelConfig::name).toList());
    for (ReceiverEntry receiver : receivers) {
      List<String> used = new ArrayList<>(receiver.channels());
      for (String channel : used) {
        if (!names.contains(channel)) {
          throw new IllegalArgumentException(
              "receivers."
                  + receiver.name()
                  + ": must name channels there are, named '"
                  + channel
                  + "'");
        }
      }
      used.retainAll(named);
      if (channelsOf.put(receiver.name(), List.copyOf(used)) != null) {
        throw new IllegalArgumentException(
            "receivers: must have each name once, had '" + receiver.name() + "' again");
      }
    }
    return new NotifierConfig(
        kafka, input, state, http, targets, on, channelsOf, route.toRoot(channelsOf.keySet()));
  }
}
