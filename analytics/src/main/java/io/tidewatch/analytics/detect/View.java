package io.tidewatch.analytics.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to look at a series: a number a row, of this row and those before it.
 *
 * @param family what is looked at
 * @param rows over how many rows, 1 where it is the row itself
 */
record View(Family family, int rows) {

  /** What a view looks at; the name is told as a reason. */
  enum Family {
    VALUE("value"),
    MEAN("mean"),
    CHANGE("change"),
    DEPARTURE("departure"),
    SPREAD("spread"),
    GREATEST("greatest"),
    LEAST("least"),
    RESIDUAL("residual");

    private final String label;

    Family(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static List<View> of(Family family, int... rows) {
    List<View> views = new ArrayList<>();
    for (int each : rows) {
      views.add(new View(family, each));
    }
    return views;
  }

  /**
   * The number of this row; {@code NaN} where the rows it needs are not there.
   *
   * @param values of the series
   * @param residuals differences to what was forecast
   */
  double of(RecentRows values, RecentRows residuals) {
    return switch (family) {
      case VALUE -> values.ago(0);
      case MEAN -> values.mean(rows);
      case CHANGE -> values.ago(0) - values.ago(rows);
      case DEPARTURE -> values.ago(0) - values.meanBefore(1, rows);
      case SPREAD -> values.deviation(rows);
      case GREATEST -> values.greatest(rows);
      case LEAST -> values.least(rows);
      case RESIDUAL -> residuals.mean(rows);
    };
  }
}
