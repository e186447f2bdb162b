package io.tidewatch.notifier.config;

/**
 * Where metrics and health are served.
 *
 * @param host address to listen on; nobody is asked for a password there
 * @param port TCP port; 0 for a free one
 */
public record ListenSettings(String host, int port) {

  public ListenSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host: must be given, was empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: must be 0 to 65535, was " + port);
    }
  }
}
