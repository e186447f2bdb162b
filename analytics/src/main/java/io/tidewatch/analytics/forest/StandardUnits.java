package io.tidewatch.analytics.forest;

/**
 * Features in units of their own spread, so that a hyperplane over several of them does not only
 * see the one with the greatest numbers. The centre is the mean of the training rows, the unit
 * their standard deviation, 1 where they have none. Values beyond a million units count as a
 * million: projections stay finite.
 */
public final class StandardUnits {
  private static final double MOST = 1e6;

  private final double[] centers;
  private final double[] spreads;

  StandardUnits(double[] centers, double[] spreads) {
    this.centers = centers;
    this.spreads = spreads;
  }

  /** Those of the rows; missing values do not count. */
  public static StandardUnits of(TrainingRows rows) {
    int features = rows.features().size();
    double[] centers = new double[features];
    double[] spreads = new double[features];
    for (int feature = 0; feature < features; feature++) {
      // Welford's recurrence, in which nothing cancels
      double mean = 0;
      double squares = 0;
      int count = 0;
      for (int row = 0; row < rows.count(); row++) {
        double value = rows.row(row)[feature];
        if (!Double.isNaN(value)) {
          count++;
          double step = value - mean;
          mean += step / count;
          squares += step * (value - mean);
        }
      }
      centers[feature] = Double.isFinite(mean) ? mean : 0;
      double spread = count == 0 ? 0 : StrictMath.sqrt(squares / count);
      spreads[feature] = spread > 0 && Double.isFinite(spread) ? spread : 1;
    }
    return new StandardUnits(centers, spreads);
  }

  /** A value in units; {@code NaN} where it is missing. */
  double of(int feature, double value) {
    double units = (value - centers[feature]) / spreads[feature];
    return units > MOST ? MOST : units < -MOST ? -MOST : units;
  }

  /** A row in units. */
  public double[] of(double[] row) {
    double[] units = new double[row.length];
    for (int i = 0; i < units.length; i++) {
      units[i] = of(i, row[i]);
    }
    return units;
  }

  int size() {
    return centers.length;
  }

  double center(int feature) {
    return centers[feature];
  }

  double spread(int feature) {
    return spreads[feature];
  }
}
