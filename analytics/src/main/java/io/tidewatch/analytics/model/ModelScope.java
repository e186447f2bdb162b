package io.tidewatch.analytics.model;

import org.jspecify.annotations.Nullable;

/** Whose rows are scored by one model. */
public enum ModelScope {
  /** Those of all devices of a telemetry model: what is unlike the fleet is found. */
  FLEET,
  /** Those of one device: what is unlike its own past is found. */
  DEVICE;

  private static final char SEPARATOR = '/';

  /** The key of the model of a device: {@code host}, or {@code host/web-1}. */
  public String key(String model, String deviceId) {
    return this == FLEET ? model : model + SEPARATOR + deviceId;
  }

  /** The telemetry model of a key; names of models hold no slash. */
  public static String model(String key) {
    int end = key.indexOf(SEPARATOR);
    return end < 0 ? key : key.substring(0, end);
  }

  /** The device of a key; null where it names none. */
  public static @Nullable String device(String key) {
    int end = key.indexOf(SEPARATOR);
    return end < 0 ? null : key.substring(end + 1);
  }

  /** Whether a key is one of this scope. */
  boolean fits(String key) {
    int end = key.indexOf(SEPARATOR);
    return this == FLEET ? end < 0 : end > 0 && end < key.length() - 1;
  }

  /** What a key must be. */
  String expected() {
    return this == FLEET ? "<model>" : "<model>/<device>";
  }
}
