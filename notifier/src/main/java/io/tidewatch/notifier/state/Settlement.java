package io.tidewatch.notifier.state;

/** What became of a notification. */
enum Settlement {
  /** The other side has it. */
  SENT("sent"),
  /** It is part of a digest. */
  MERGED("merged"),
  /** Given up, and written to the topic of what is undelivered. */
  UNDELIVERED("undelivered");

  private final String word;

  Settlement(String word) {
    this.word = word;
  }

  /** As it stands in the topic. */
  String word() {
    return word;
  }
}
