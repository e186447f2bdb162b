package io.tidewatch.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A real set of rows whose anomalies are known.
 *
 * @param name of the set
 * @param features names of the columns
 * @param rows one value a feature
 * @param anomalous whether a row is
 */
public record LabelledRows(
    String name, List<String> features, double[][] rows, boolean[] anomalous) {

  /** The sets of ADBench that lie beside the checkout. */
  public static final List<String> ADBENCH =
      List.of("annthyroid", "breastw", "cardio", "ionosphere", "pima");

  /** One of {@link #ADBENCH}; ends the test where it is not. */
  public static LabelledRows adbench(String name) {
    try {
      List<String> lines = Files.readAllLines(RealTelemetry.present("adbench/" + name + ".csv"));
      List<String> header = List.of(lines.get(0).split(",", -1));
      int width = header.size() - 1;
      double[][] rows = new double[lines.size() - 1][];
      boolean[] anomalous = new boolean[rows.length];
      for (int i = 0; i < rows.length; i++) {
        double[] values =
            Arrays.stream(lines.get(i + 1).split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        rows[i] = Arrays.copyOf(values, width);
        anomalous[i] = values[width] == 1;
      }
      return new LabelledRows(name, header.subList(0, width), rows, anomalous);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Area under the ROC curve: how likely an anomalous row scores above a normal one, a tie being
   * worth half. By ranks (Mann and Whitney), 0 to 1.
   *
   * @param scores one a row
   */
  public double areaUnderCurve(double[] scores) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> scores[i]));
    double rankSum = 0;
    long found = 0;
    for (int from = 0, to; from < scores.length; from = to) {
      to = from;
      while (to < scores.length && scores[order.get(to)] == scores[order.get(from)]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        if (anomalous[order.get(i)]) {
          rankSum += (from + 1 + to) / 2.0;
          found++;
        }
      }
    }
    return (rankSum - found * (found + 1) / 2.0) / (found * (double) (scores.length - found));
  }
}
