package io.tidewatch.notifier.deliver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to deliver. */
public sealed interface Outcome {

  /** The other side has it. */
  record Sent() implements Outcome {}

  /**
   * Not this time.
   *
   * @param reason one line, without secrets
   * @param retryAfter what the other side asked for; null when it did not
   */
  record Failed(String reason, @Nullable Duration retryAfter) implements Outcome {}

  /**
   * Never: the same would be refused again.
   *
   * @param reason one line, without secrets
   */
  record Refused(String reason) implements Outcome {}
}
