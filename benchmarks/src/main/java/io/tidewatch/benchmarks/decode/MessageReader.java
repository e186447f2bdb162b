package io.tidewatch.benchmarks.decode;

import java.io.IOException;

/** Makes of the bytes of one message whatever the decoder makes of it. */
@FunctionalInterface
interface MessageReader {

  /**
   * @throws IOException when the decoder refuses the message; others throw what is unchecked
   */
  Object read(byte[] message) throws IOException;
}
