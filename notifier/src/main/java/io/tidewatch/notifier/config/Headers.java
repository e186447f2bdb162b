package io.tidewatch.notifier.config;

import java.util.Map;

/** Headers that a file adds to a request. */
final class Headers {
  private Headers() {}

  /**
   * @throws IllegalArgumentException for a name that is none, and a value with a line break, which
   *     would begin another header
   */
  static Map<String, Secret> checked(Map<String, Secret> headers) {
    headers.forEach(
        (name, value) -> {
          if (!name.matches("[A-Za-z0-9-]{1,100}")) {
            throw new IllegalArgumentException(
                "headers: must have names of letters, digits and '-', had '" + name + "'");
          }
          if (value.reveal().chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException(
                "headers." + name + ": must be printable ASCII, was not");
          }
        });
    return Map.copyOf(headers);
  }
}
