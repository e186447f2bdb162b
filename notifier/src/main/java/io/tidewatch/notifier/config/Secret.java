package io.tidewatch.notifier.config;

import com.fasterxml.jackson.annotation.JsonCreator;

/** A value that is never printed: a password, or a URL that whoever has it may post to. */
public final class Secret {
  private final String value;

  @JsonCreator
  public Secret(String value) {
    this.value = value;
  }

  /** The value itself; hand it to the one who needs it and to nobody else. */
  public String reveal() {
    return value;
  }

  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return "***";
  }
}
