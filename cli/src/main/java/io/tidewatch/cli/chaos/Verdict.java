package io.tidewatch.cli.chaos;

/** What a run says. */
enum Verdict {
  PASSED("passed"),
  FAILED("FAILED"),
  /** Nothing was lost, but the fault did not bite either. */
  NOT_TESTED("not tested");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }
}
