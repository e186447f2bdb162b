package io.tidewatch.jobs.config;

import io.tidewatch.schemas.codec.DetailLine;

/** A configuration that cannot be used. The message is one line: file, key, rule, value. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(DetailLine.plain(message));
  }
}
