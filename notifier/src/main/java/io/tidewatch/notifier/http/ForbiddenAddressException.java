package io.tidewatch.notifier.http;

import java.net.UnknownHostException;

/** A name stands for an address that must not be connected to. */
final class ForbiddenAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1;

  ForbiddenAddressException(String host) {
    super(host + " stands for an address outside targets.allowed_addresses");
  }
}
