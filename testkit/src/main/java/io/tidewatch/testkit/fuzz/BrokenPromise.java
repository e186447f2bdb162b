package io.tidewatch.testkit.fuzz;

/** A reader neither gave a value that lasts nor refused as it said it would. */
public final class BrokenPromise extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BrokenPromise(String message) {
    super(message);
  }
}
