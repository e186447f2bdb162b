package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Serializable;
import java.util.Locale;

/** A value that is never printed. */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 1;

  private final String value;

  @JsonCreator
  public Secret(String value) {
    this.value = value;
  }

  /** The value itself; hand it to the one who needs it and to nobody else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }

  /** Whether a key of that name, ours or Kafka's, holds a secret. */
  static boolean isNameOfSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return name.endsWith("password") || name.endsWith("secret") || name.endsWith("jaas.config");
  }
}
