package io.tidewatch.testkit.fuzz;

import java.util.List;

/**
 * A reader and what it is fed with.
 *
 * @param name stable; for reports and for those who repeat
 * @param seeds inputs that it must accept, at least one
 * @param mutator makes further ones
 * @param reading what is promised
 */
public record FuzzTarget(String name, List<byte[]> seeds, Mutator mutator, Reading reading) {

  public FuzzTarget {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException(name + ": must have a seed, was without");
    }
    seeds = List.copyOf(seeds);
  }

  /** Reads one input and holds the reader to its promise. */
  @FunctionalInterface
  public interface Reading {

    /**
     * What the reader made of it.
     *
     * @throws Exception when it broke its promise; whatever is thrown is a finding
     */
    Outcome read(byte[] input) throws Exception;
  }
}
