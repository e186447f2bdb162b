package io.tidewatch.schemas.codec;

import java.io.Serializable;

/** One record to the bytes of one message. */
@FunctionalInterface
public interface MessageEncoder<T> extends Serializable {

  /** The bytes; decoding them gives an equal record. */
  byte[] encode(T value);
}
