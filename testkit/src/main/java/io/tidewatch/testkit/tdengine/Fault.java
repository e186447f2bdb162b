package io.tidewatch.testkit.tdengine;

/** What the stand-in does with a request instead of answering it. */
public sealed interface Fault {

  /** Closes the connection. */
  record Drop() implements Fault {}

  /** Never answers. */
  record Silence() implements Fault {}

  /**
   * Answers with an error.
   *
   * @param code one of TDengine's
   */
  record Refuse(int code, String message) implements Fault {}
}
