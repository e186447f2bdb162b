package io.tidewatch.analytics.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * Versioned bytes of an accumulator. Each value starts with a version byte of its own, so that old
 * state stays readable; bytes of every version that was ever released are kept as test fixtures.
 *
 * @param <A> accumulator
 */
public interface AccumulatorCodec<A> extends Serializable {

  /** Writes the value with the newest version. */
  void write(A value, DataOutput out) throws IOException;

  /**
   * Reads a value of any released version.
   *
   * @throws IOException when the version is unknown or the bytes are not such a value
   */
  A read(DataInput in) throws IOException;

  /** An independent copy. */
  A copy(A value);
}
