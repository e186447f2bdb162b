package io.tidewatch.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * A measure over repetitions.
 *
 * @param median mean of the two in the middle when their number is even
 */
public record Figure(double median, double min, double max, int repetitions) {

  /**
   * @throws IllegalArgumentException when there are none
   */
  public static Figure of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values: must be at least one, was none");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Figure(median, sorted.get(0), sorted.get(size - 1), size);
  }

  /** Whole thousands separated, with least and greatest where there are several. */
  public String wholes() {
    return text("%,.0f");
  }

  /** As many digits as say something. */
  public String ratio() {
    return text(median >= 100 ? "%.0f" : median >= 10 ? "%.1f" : median >= 0.1 ? "%.2f" : "%.4f");
  }

  /** Of what is held against a goal with two digits. */
  public String thousandths() {
    return text("%.3f");
  }

  public String megabytes() {
    return new Figure(median / 1e6, min / 1e6, max / 1e6, repetitions).text("%.1f");
  }

  private String text(String format) {
    String middle = String.format(Locale.ROOT, format, median);
    return repetitions == 1
        ? middle
        : middle + String.format(Locale.ROOT, " (" + format + "–" + format + ")", min, max);
  }
}
