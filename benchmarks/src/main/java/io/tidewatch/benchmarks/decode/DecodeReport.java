package io.tidewatch.benchmarks.decode;

import io.tidewatch.benchmarks.JmhFrame;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The figures as a document. */
final class DecodeReport {

  /**
   * What a message costs.
   *
   * @param nanos average time of one message
   * @param error half of its 99.9 % confidence interval; NaN when there were too few iterations
   * @param allocatedBytes on the heap for one message
   */
  record Cost(
      MessageKind message,
      DecoderKind decoder,
      double nanos,
      double error,
      double allocatedBytes) {}

  private final List<Cost> costs;
  private final JmhFrame frame;

  DecodeReport(List<Cost> costs, JmhFrame frame) {
    this.costs = costs;
    this.frame = frame;
  }

  /** Markdown. */
  String text() {
    StringBuilder text = new StringBuilder(frame.head("Decoding a message: what it costs"));
    text.append(
        String.format(
            Locale.ROOT,
            """
      One message to one record, from %,d endpoints or devices, doubles with all their digits. *x*: time over that
      of the jobs' decoder of JSON. Why the jobs read JSON and Avro as they do: [ADR 9](../adr/0009-json-decoder.md),
      [ADR 11](../adr/0011-avro-input.md).
      """,
            MessageKind.KEYS));
    for (MessageKind kind : MessageKind.values()) {
      table(text, kind);
    }
    text.append("\n## Decoders\n\n");
    for (DecoderKind kind : DecoderKind.values()) {
      text.append("- `%s`: %s\n".formatted(kind, kind.what()));
    }
    badInput(text);
    return text.toString();
  }

  private void table(StringBuilder text, MessageKind kind) {
    text.append("\n## ").append(kind).append("\n\n");
    text.append("| decoder | ns a message | x | bytes allocated | bytes of the message |\n");
    text.append("|---|---|---|---|---|\n");
    double own =
        costs.stream()
            .filter(cost -> cost.message == kind && cost.decoder == DecoderKind.TIDEWATCH_JSON)
            .mapToDouble(Cost::nanos)
            .findFirst()
            .orElse(Double.NaN);
    for (Cost cost : costs) {
      if (cost.message == kind) {
        text.append(
            String.format(
                Locale.ROOT,
                "| `%s` | %s | %.2f | %,.0f | %.0f |%n",
                cost.decoder,
                nanos(cost),
                cost.nanos / own,
                cost.allocatedBytes,
                averageLength(cost)));
      }
    }
  }

  private static String nanos(Cost cost) {
    return Double.isNaN(cost.error)
        ? String.format(Locale.ROOT, "%,.0f", cost.nanos)
        : String.format(Locale.ROOT, "%,.0f ± %,.0f", cost.nanos, cost.error);
  }

  private static double averageLength(Cost cost) {
    return DoubleStream.of(
            Stream.of(cost.decoder.messages(cost.message)).mapToDouble(m -> m.length).toArray())
        .average()
        .orElse(0);
  }

  /** Which of the messages outside the contract become a record. */
  private static void badInput(StringBuilder text) {
    List<DecoderKind> decoders =
        Stream.of(DecoderKind.values())
            .filter(decoder -> decoder.format() == MessageFormat.JSON)
            .toList();
    text.append("\n## JSON outside the contract\n\n");
    text.append("*taken*: it became a record. Latency, default settings of each library.\n\n");
    text.append("| message |");
    decoders.forEach(decoder -> text.append(" `").append(decoder).append("` |"));
    text.append("\n|---|").append("---|".repeat(decoders.size())).append('\n');
    for (BadInput input : BadInput.values()) {
      text.append("| ").append(input.text()).append(" |");
      for (DecoderKind decoder : decoders) {
        text.append(input.isTakenBy(decoder) ? " taken |" : " refused |");
      }
      text.append('\n');
    }
  }
}
