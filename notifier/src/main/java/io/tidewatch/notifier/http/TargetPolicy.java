package io.tidewatch.notifier.http;

import io.tidewatch.notifier.config.TargetSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where requests may go: to hosts that are named, at addresses of the public internet, or at others
 * that are named too.
 */
public final class TargetPolicy {
  /**
   * What is not the public internet: this host, private, carrier's, loopback, link-local, protocol
   * assignments, tests, multicast, reserved; for IPv6 also what holds an IPv4 address inside.
   */
  private static final List<AddressBlock> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(AddressBlock::parse)
          .toList();

  private final List<String> hosts;
  private final List<AddressBlock> addresses;

  /**
   * @throws IllegalArgumentException naming the key, for a block that is none
   */
  public TargetPolicy(TargetSettings settings) {
    this.hosts =
        settings.allowedHosts().stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    List<AddressBlock> allowed = new ArrayList<>();
    for (String block : settings.allowedAddresses()) {
      try {
        allowed.add(AddressBlock.parse(block));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("targets.allowed_addresses: " + e.getMessage(), e);
      }
    }
    this.addresses = List.copyOf(allowed);
  }

  /**
   * The URL, when it may be asked. Its text is not shown: there may be a secret in it.
   *
   * @throws IllegalArgumentException saying why not
   */
  public URI require(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("must be a URL, was none: " + e.getReason(), e);
    }
    String scheme = uri.getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      throw new IllegalArgumentException("must begin with https:// or http://, was " + scheme);
    }
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("must have the name of a host, had none");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("must not have a user, had one");
    }
    if (!allows(host.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "host must be in targets.allowed_hosts " + hosts + ", was '" + host + "'");
    }
    return uri;
  }

  private boolean allows(String host) {
    return hosts.stream()
        .anyMatch(
            allowed ->
                allowed.startsWith("*.")
                    ? host.endsWith(allowed.substring(1))
                    : host.equals(allowed));
  }

  /** Whether a connection to this address may be made. */
  boolean allows(InetAddress address) {
    return addresses.stream().anyMatch(block -> block.contains(address))
        || NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
  }
}
