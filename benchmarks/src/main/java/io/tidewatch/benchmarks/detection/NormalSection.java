package io.tidewatch.benchmarks.detection;

import java.util.List;
import java.util.Locale;

/** The threshold of the forest of the anomaly job, in the document. */
final class NormalSection {
  /** Share of the rows of normal data that may be flagged. */
  static final double GOAL = 0.001;

  private static final String HEAD =
      """

      ## The threshold of the anomaly job on normal rows

      The servers of ASD as devices of the telemetry job: windows of an hour each five minutes with the default features,
      scored by the forest of the anomaly job as shipped while it learns and trains, from its first model on. The rows for
      training come first; nobody labelled them, and they are taken for normal. A window is anomalous when a row of it is.
      *flagged*: beyond the threshold; *false*: their share of the normal windows. *told*: those of them that are anomalies by the
      rules of the job, the first of an episode and what gets worse or goes on after the cooldown; *alerts*: their share;
      promised is ≤ %.1f %%. *found*: of the anomalous windows flagged. The first line of a server is the margin that is shipped.

      | server | margin | models | normal windows | flagged | false | told | alerts | anomalous windows | found |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  private static final String RANKED =
      """

      The same windows ranked by their scores, and with what the shipped margin flags; columns as for ASD.

      """
          + RowsSection.COLUMNS;

  private NormalSection() {}

  static String of(NormalResults results) {
    List<NormalShare> shares = results.shares();
    StringBuilder text = new StringBuilder(format(HEAD, 100 * GOAL));
    for (NormalShare share : shares) {
      text.append(
          format(
              "| %s | %.2f | %d | %,d | %,d | %.3f %% | %,d | %.3f %% | %,d | %.1f %% |%n",
              share.data(),
              share.margin(),
              share.trained(),
              share.normal(),
              share.flagged(),
              100 * share.falseShare(),
              share.alerts(),
              100 * share.alertShare(),
              share.anomalous(),
              share.anomalous() == 0 ? 0 : 100.0 * share.found() / share.anomalous()));
    }
    shares.stream()
        .mapToDouble(NormalShare::margin)
        .distinct()
        .forEach(margin -> sum(margin, shares, text));
    return text.append(RANKED).append(RowsSection.lines(results.ranked())).toString();
  }

  private static void sum(double margin, List<NormalShare> shares, StringBuilder text) {
    NormalShare all = all(margin, shares);
    text.append(
        format(
            "| **all** | %.2f | | %,d | %,d | %.3f %% | %,d | %.3f %% | %,d | %.1f %% |%n",
            margin,
            all.normal(),
            all.flagged(),
            100 * all.falseShare(),
            all.alerts(),
            100 * all.alertShare(),
            all.anomalous(),
            all.anomalous() == 0 ? 0 : 100.0 * all.found() / all.anomalous()));
  }

  /** Of all data together with one margin. */
  static NormalShare all(double margin, List<NormalShare> shares) {
    List<NormalShare> those = shares.stream().filter(share -> share.margin() == margin).toList();
    return new NormalShare(
        "all",
        margin,
        those.stream().mapToInt(NormalShare::trained).sum(),
        those.stream().mapToLong(NormalShare::normal).sum(),
        those.stream().mapToLong(NormalShare::flagged).sum(),
        those.stream().mapToLong(NormalShare::alerts).sum(),
        those.stream().mapToLong(NormalShare::anomalous).sum(),
        those.stream().mapToLong(NormalShare::found).sum());
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
