package io.tidewatch.benchmarks.detection;

import io.tidewatch.benchmarks.OutputFolder;
import io.tidewatch.benchmarks.detection.input.NabTime;
import io.tidewatch.benchmarks.detection.nab.LabelledSeries;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What was said of each row, as files: {@code nab/<variant>/<path of the series>} and {@code
 * asd/<method>/<server>.csv}, {@code adbench/<engine>/<set>.csv}. A decision is 1 where the score
 * reaches the fixed threshold.
 */
record ScoreFiles(Path folder) {

  /** One line a row: timestamp, value, score, decision, label. */
  void write(DetectorVariant variant, LabelledSeries series, double[] scores) throws IOException {
    StringBuilder text = new StringBuilder("timestamp,value,score,decision,label\n");
    for (int row = 0; row < scores.length; row++) {
      double value = series.values()[row];
      text.append(NabTime.format(series.timesMs()[row]))
          .append(',')
          .append(Double.isNaN(value) ? "" : Double.toString(value));
      append(text, scores[row], variant.threshold(), series.labelled(row));
    }
    OutputFolder.write(
        folder.resolve("nab").resolve(named(variant.name())).resolve(series.path()),
        text.toString());
  }

  /**
   * One line a row: number of the row from 0, score, decision, label.
   *
   * @param data {@code asd}, whose rows are those of the test, or {@code adbench}
   */
  void write(
      String data,
      String method,
      String name,
      double threshold,
      double[] scores,
      boolean[] anomalous)
      throws IOException {
    StringBuilder text = new StringBuilder("row,score,decision,label\n");
    for (int row = 0; row < scores.length; row++) {
      text.append(row);
      append(text, scores[row], threshold, anomalous[row]);
    }
    OutputFolder.write(
        folder.resolve(data).resolve(named(method)).resolve(name + ".csv"), text.toString());
  }

  private static void append(StringBuilder text, double score, double threshold, boolean label) {
    text.append(',')
        .append(score)
        .append(',')
        .append(score >= threshold ? 1 : 0)
        .append(',')
        .append(label ? 1 : 0)
        .append('\n');
  }

  private static String named(String name) {
    return name.replace(' ', '-');
  }
}
