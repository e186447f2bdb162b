package io.tidewatch.cli.input;

import org.jspecify.annotations.Nullable;

/** A file that cannot be replayed; the message is one line: file, line, column, value, expected. */
public final class ReplayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ReplayException(String message) {
    super(message);
  }

  ReplayException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
