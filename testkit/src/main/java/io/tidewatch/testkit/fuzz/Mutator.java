package io.tidewatch.testkit.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes an input of others. The same arguments and the same chance make the same. */
@FunctionalInterface
public interface Mutator {

  /**
   * A new input.
   *
   * @param input to begin with; left as it is
   * @param others inputs that parts may be taken from, at least one
   */
  byte[] mutate(byte[] input, List<byte[]> others, RandomGenerator random);
}
