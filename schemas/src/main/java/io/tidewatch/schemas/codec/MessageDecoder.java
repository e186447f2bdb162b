package io.tidewatch.schemas.codec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Bytes of one message to one record. Total: every input has a result, none throws. */
public interface MessageDecoder<T> extends Serializable {

  /**
   * @param bytes the value of the message; null for a tombstone
   */
  Decoded<T> decode(byte @Nullable [] bytes);
}
