package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.reject.RejectReason;
import org.jspecify.annotations.Nullable;

/** What is asked of the value of a message before anybody looks into it. */
final class AdmittedBytes {
  /** The default limit of a Kafka broker for a message, 1 MiB. */
  static final int DEFAULT_MAX = 1 << 20;

  private AdmittedBytes() {}

  /**
   * @throws IllegalArgumentException when a limit of so many bytes admits no message
   */
  static int checkedMax(int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("max_message_bytes: must be ≥ 1, was " + maxBytes);
    }
    return maxBytes;
  }

  /**
   * The bytes themselves, there and not too many.
   *
   * @param expected what the value must be, for the refusal
   */
  static byte[] of(byte @Nullable [] bytes, int maxBytes, String expected) throws Refusal {
    if (bytes == null) {
      throw new Refusal(RejectReason.NULL_VALUE, "value: must be " + expected + ", was null");
    }
    if (bytes.length == 0) {
      throw new Refusal(RejectReason.EMPTY, "value: must be " + expected + ", was empty");
    }
    if (bytes.length > maxBytes) {
      throw new Refusal(
          RejectReason.TOO_LARGE,
          "value: must be ≤ %d bytes, was %d".formatted(maxBytes, bytes.length));
    }
    return bytes;
  }
}
