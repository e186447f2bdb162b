package io.tidewatch.cli.fuzz;

import io.tidewatch.testkit.fuzz.FuzzFailure;
import io.tidewatch.testkit.fuzz.FuzzTally;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the inputs of a target, for people. */
final class FuzzReport {
  /** Those that were given most often; a parser has hundreds. */
  private static final int MOST_REASONS = 12;

  private static final String ACCEPTED = "accepted";

  private FuzzReport() {}

  /** Some lines: counts, outcomes, and each failure with how to repeat it. */
  static String text(String target, FuzzTally tally) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d inputs, %,d accepted, %,d refused in %,d ways, %,d outcomes, %,d failed%n",
            target,
            tally.inputs(),
            tally.accepted(),
            tally.refused(),
            tally.reasons().keySet().stream().filter(reason -> !reason.equals(ACCEPTED)).count(),
            tally.kinds(),
            tally.failed()));
    String reasons =
        tally.reasons().entrySet().stream()
            .filter(reason -> !reason.getKey().equals(ACCEPTED))
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_REASONS)
            .map(reason -> String.format(Locale.ROOT, "%,d %s", reason.getValue(), reason.getKey()))
            .collect(Collectors.joining("; "));
    if (!reasons.isEmpty()) {
      text.append("  ").append(reasons).append(System.lineSeparator());
    }
    for (FuzzFailure failure : tally.failures()) {
      text.append(
          "  FAILED %s%n    tidewatch chaos --fuzz --target %s --input %s%n"
              .formatted(failure.what(), target, failure.hex()));
    }
    return text.toString();
  }
}
