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

  /** This one, and now and then another. */
  default Mutator or(Mutator other) {
    return (input, others, random) ->
        (random.nextInt(4) == 0 ? other : this).mutate(input, others, random);
  }
}
