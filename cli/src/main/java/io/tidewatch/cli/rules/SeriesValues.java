package io.tidewatch.cli.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notation of promtool for the values of a series, apart by white space:
 *
 * <ul>
 *   <li>{@code 5}, {@code -1.5e3}, {@code NaN}, {@code Inf}: a value
 *   <li>{@code 1x4}: a value and four more of it
 *   <li>{@code 0+10x5}, {@code 9-2x3}: a value and so many more, each greater or less by a step
 *   <li>{@code _}, {@code _x4}: none, four times none
 *   <li>{@code stale}: none; the series sends nothing from there on, unless values follow
 * </ul>
 */
final class SeriesValues {
  /** A day of values, each second; more is a mistake in a count. */
  static final int MAX_VALUES = 86_400;

  private static final String NUMBER = "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?";
  private static final Pattern REPEATED =
      Pattern.compile("(" + NUMBER + ")(?:([+-])(" + NUMBER + "))?x([0-9]{1,6})");
  private static final Pattern NONE = Pattern.compile("_(?:x([0-9]{1,6}))?");

  private SeriesValues() {}

  /**
   * Reads values.
   *
   * @return {@code NaN} where there is none
   * @throws IllegalArgumentException naming what is none of the above
   */
  static List<Double> parse(String text) {
    List<Double> values = new ArrayList<>();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!word.isEmpty()) {
        add(word, values);
      }
      if (values.size() > MAX_VALUES) {
        throw new IllegalArgumentException(
            "must be at most " + MAX_VALUES + " values, were more with '" + word + "'");
      }
    }
    return values;
  }

  private static void add(String word, List<Double> values) {
    Matcher none = NONE.matcher(word);
    Matcher repeated = REPEATED.matcher(word);
    if (none.matches()) {
      String count = none.group(1);
      repeat(values, Double.NaN, 0, count == null ? 1 : Integer.parseInt(count));
    } else if (repeated.matches()) {
      String sign = repeated.group(2);
      double step = sign == null ? 0 : Double.parseDouble(repeated.group(3));
      repeat(
          values,
          Double.parseDouble(repeated.group(1)),
          "-".equals(sign) ? -step : step,
          Integer.parseInt(repeated.group(4)) + 1);
    } else {
      values.add(value(word));
    }
  }

  private static void repeat(List<Double> values, double first, double step, int count) {
    for (int i = 0; i < count && values.size() <= MAX_VALUES; i++) {
      values.add(first + i * step);
    }
  }

  private static double value(String word) {
    switch (word) {
      case "stale", "NaN" -> {
        return Double.NaN;
      }
      case "Inf", "+Inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-Inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        if (word.matches(NUMBER)) {
          return Double.parseDouble(word);
        }
        throw new IllegalArgumentException(
            "must be values such as 5, 1x4, 0+10x5, _ or stale, was '" + word + "'");
      }
    }
  }
}
