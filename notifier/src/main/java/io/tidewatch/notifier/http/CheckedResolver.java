package io.tidewatch.notifier.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a name and checks what it stands for. The client connects to these very addresses, so
 * that a name cannot stand for another one between check and use.
 */
final class CheckedResolver implements DnsResolver {
  private final TargetPolicy policy;
  private final DnsResolver names;

  CheckedResolver(TargetPolicy policy, DnsResolver names) {
    this.policy = policy;
    this.names = names;
  }

  /** One forbidden address is enough to refuse the name: no honest one has both. */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    if (addresses == null || addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : addresses) {
      if (!policy.allows(address)) {
        throw new ForbiddenAddressException(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
