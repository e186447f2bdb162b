package io.tidewatch.notifier.config;

import java.time.Duration;
import java.util.List;

/**
 * Where requests may go, and how long they may take.
 *
 * @param allowedHosts names of hosts, or {@code *.example.com} for all below one
 * @param allowedAddresses blocks such as {@code 10.0.0.0/8} that are allowed although they are
 *     loopback, link-local, private or otherwise not of the public internet
 * @param connectTimeout until there is a connection
 * @param requestTimeout for the whole of one request, connection and answer included
 */
public record TargetSettings(
    List<String> allowedHosts,
    List<String> allowedAddresses,
    Duration connectTimeout,
    Duration requestTimeout) {

  public TargetSettings {
    allowedHosts = List.copyOf(allowedHosts);
    allowedAddresses = List.copyOf(allowedAddresses);
    requirePositive("connect_timeout", connectTimeout);
    requirePositive("request_timeout", requestTimeout);
  }

  static void requirePositive(String key, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(key + ": must be ≥ PT0.001S, was " + duration);
    }
  }
}
