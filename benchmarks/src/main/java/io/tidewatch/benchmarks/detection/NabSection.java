package io.tidewatch.benchmarks.detection;

import io.tidewatch.benchmarks.detection.NabResults.OfProfile;
import io.tidewatch.benchmarks.detection.NabResults.OfVariant;
import io.tidewatch.benchmarks.detection.PublicFigures.Entry;
import io.tidewatch.benchmarks.detection.nab.CrossValidation.Spread;
import io.tidewatch.benchmarks.detection.nab.Profile;
import io.tidewatch.benchmarks.detection.nab.Tally;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** NAB in the document. */
record NabSection(NabResults results) {
  private static final String HEAD =
      """

      ## NAB

      %d series, %,d rows, %d labelled windows. Scored by the rules of the
      [Numenta Anomaly Benchmark](https://github.com/numenta/NAB): 0 is silence, 100 is the first row of each window and
      no other. The first row reported in a window counts, the earlier the more; each reported row outside costs. The
      first 15 %% of a series, at most 750 rows, count for nothing. A detector has one configuration and one threshold for
      all series and sees each row once, in order.

      ### As the leaderboard does it

      The threshold of each profile is the best there is, chosen on the labels of these very series. *windows*: found of
      all; *false rows*: reported outside of windows, both standard profile.

      | variant | standard | low FP | low FN | threshold | windows | false rows |
      |---|---|---|---|---|---|---|
      """;

  private static final String FIXED =
      """

      ### With the fixed threshold

      Each variant with the threshold that it has wherever it runs. *false share*: of the rows outside of windows. *µs*:
      processor time a row, with all the detector does.

      | variant | standard | low FP | low FN | threshold | windows | false rows | false share | µs a row |
      |---|---|---|---|---|---|---|---|---|
      """;

  private static final String ELSEWHERE =
      """

      ### With a threshold chosen elsewhere

      *halves*: series at random into two halves, the threshold of each held against the other; mean (least – greatest).
      *groups*: each folder under the threshold of the others, all together (least – greatest folder that has windows).
      Only the threshold is chosen elsewhere here; the configuration was looked at on all series.

      | variant | profile | own labels | fixed | halves | groups |
      |---|---|---|---|---|---|
      """;

  private static final String SERIES =
      """

      ### Series

      Under the fixed threshold, standard profile: NAB's raw score (a window found at once is 1, one missed −1) · windows
      found · false rows.

      """;

  String text() {
    StringBuilder text =
        new StringBuilder(format(HEAD, results.series().size(), results.rows(), results.windows()));
    results.variants().forEach(variant -> text.append(best(variant)));
    text.append(FIXED);
    results.variants().forEach(variant -> text.append(fixed(variant)));
    text.append(ELSEWHERE);
    for (OfVariant variant : results.variants()) {
      variant.profiles().forEach(profile -> text.append(elsewhere(variant, profile)));
    }
    publicFigures(text);
    series(text);
    if (!results.absent().isEmpty()) {
      text.append("\nLabelled, but not there and not scored: ")
          .append(String.join(", ", results.absent()))
          .append(".\n");
    }
    return text.toString();
  }

  private static String best(OfVariant variant) {
    OfProfile standard = variant.of(Profile.STANDARD);
    return format(
        "| %s | %s | %s | %s | %.4g | %s | %,d |%n",
        variant.variant().name(),
        score(standard.bestScore()),
        score(variant.of(Profile.LOW_FALSE_POSITIVES).bestScore()),
        score(variant.of(Profile.LOW_FALSE_NEGATIVES).bestScore()),
        standard.threshold(),
        windows(standard.best()),
        standard.best().falsePositives());
  }

  private static String fixed(OfVariant variant) {
    OfProfile standard = variant.of(Profile.STANDARD);
    return format(
        "| %s | %s | %s | %s | %s | %s | %,d | %.3f %% | %.1f |%n",
        variant.variant().name(),
        score(standard.fixedScore()),
        score(variant.of(Profile.LOW_FALSE_POSITIVES).fixedScore()),
        score(variant.of(Profile.LOW_FALSE_NEGATIVES).fixedScore()),
        variant.variant().threshold(),
        windows(standard.fixed()),
        standard.fixed().falsePositives(),
        100 * standard.fixed().falseShare(),
        variant.microsPerRow());
  }

  private static String elsewhere(OfVariant variant, OfProfile profile) {
    return format(
        "| %s | %s | %s | %s | %s | %s |%n",
        variant.variant().name(),
        profile.profile().key(),
        score(profile.bestScore()),
        score(profile.fixedScore()),
        spread(profile.halves()),
        spread(profile.groups()));
  }

  private static void publicFigures(StringBuilder text) {
    text.append("\n### Beside others\n\nNot measured here: ")
        .append(PublicFigures.LEADERBOARD_SOURCE)
        .append(".\n\n| detector | standard | low FP | low FN |\n|---|---|---|---|\n");
    PublicFigures.LEADERBOARD.forEach(entry -> text.append(row(entry)));
    text.append("\nOf them, ")
        .append(PublicFigures.DEVELOPED_ON_SOURCE)
        .append(":\n\n| detector | standard | low FP | low FN |\n|---|---|---|---|\n");
    PublicFigures.DEVELOPED_ON.forEach(entry -> text.append(row(entry)));
  }

  private static String row(Entry entry) {
    return format(
        "| %s | %s | %s | %s |%n",
        entry.detector(), entry.standard(), entry.lowFalsePositives(), entry.lowMisses());
  }

  private void series(StringBuilder text) {
    List<OfVariant> shown =
        results.variants().stream().filter(each -> each.variant().looksAtRows()).toList();
    text.append(SERIES)
        .append("| series | rows | windows |")
        .append(
            shown.stream()
                .map(each -> " " + each.variant().name() + " |")
                .collect(Collectors.joining()))
        .append("\n|---|---|---|")
        .append("---|".repeat(shown.size()))
        .append('\n');
    for (int i = 0; i < results.series().size(); i++) {
      var series = results.series().get(i);
      text.append(
          format("| %s | %,d | %d |", series.path(), series.rows(), series.windows().size()));
      for (OfVariant variant : shown) {
        Tally tally = variant.series().get(i);
        text.append(
            format(" %.2f · %s · %d |", tally.score(), windows(tally), tally.falsePositives()));
      }
      text.append('\n');
    }
  }

  private static String windows(Tally tally) {
    return "%d/%d".formatted(tally.found(), tally.windows());
  }

  private static String score(double normalised) {
    return Double.isNaN(normalised) ? "–" : format("%.1f", normalised);
  }

  private static String spread(Spread spread) {
    return Double.isNaN(spread.mean())
        ? "–"
        : format("%.1f (%.1f – %.1f)", spread.mean(), spread.min(), spread.max());
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
