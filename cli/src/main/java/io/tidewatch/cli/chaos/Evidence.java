package io.tidewatch.cli.chaos;

/** What must be seen before a run without a loss says anything. */
enum Evidence {
  /** Nothing: the run shows that the counters stay at 0 when nothing happens. */
  NONE("no rewrites"),
  /** The job went back to a checkpoint and told again what it had told. */
  REWRITES("rewrites or repeated alerts"),
  /** Results stayed away for a while. The job need not go back when it can wait. */
  INTERRUPTION("rewrites, repeated alerts or a pause"),
  /** Results came later than before, by the median. */
  LAG("rows that came later"),
  /** People were told later than they are while the notifier is there. */
  LATE_MESSAGES("messages to people that had to wait"),
  /** What must be refused came, and was refused. */
  REFUSALS("refused messages"),
  /** Results came while a partition was silent. */
  SILENCE("a silent partition");

  private final String what;

  Evidence(String what) {
    this.what = what;
  }

  /** For people. */
  String what() {
    return what;
  }
}
