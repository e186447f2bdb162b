package io.tidewatch.notifier.config;

import java.util.List;

/**
 * Somebody who is told, by all of some channels.
 *
 * @param name as routes call it
 * @param channels names of channels
 */
public record ReceiverEntry(String name, List<String> channels) {
  public ReceiverEntry {
    channels = List.copyOf(channels);
  }
}
