package io.tidewatch.cli.chaos;

import java.util.function.Consumer;

/**
 * What was written to Kafka, from which what should come out is recomputed: not the messages, of
 * which a soak has millions, but how to make them again.
 */
final class SentInput {
  private final ChaosInput input;
  private long refused;
  private long sent;

  /**
   * @param input whose first messages these are
   */
  SentInput(ChaosInput input) {
    this.input = input;
  }

  /** Counts the next message of the input. */
  void add(ChaosInput.Message message) {
    sent++;
    if (message.refused()) {
      refused++;
    }
  }

  /** All messages. */
  long sent() {
    return sent;
  }

  /** Messages that must be refused. */
  long refused() {
    return refused;
  }

  /** Makes all messages again, in their order. */
  void forEach(Consumer<ChaosInput.Message> taker) {
    ChaosInput again = input.again();
    for (long i = 0; i < sent; i++) {
      taker.accept(again.next());
    }
  }
}
