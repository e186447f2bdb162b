package io.tidewatch.analytics.exact;

import java.util.Random;

/** What values look like. */
enum Kind {
  TELEMETRY,
  MIXED_SIGNS,
  CANCELLING,
  SUBNORMAL,
  HUGE,
  LARGEST,
  OFFSET,
  EQUAL,
  WHOLE,
  ZEROS,
  ANY;

  double[] values(Random random, int count) {
    double[] values = new double[count];
    double equal = 1e9 * random.nextGaussian();
    for (int i = 0; i < count; i++) {
      double x = random.nextGaussian();
      values[i] =
          switch (this) {
            case TELEMETRY -> 20 + x;
            case MIXED_SIGNS -> x * Math.pow(10, random.nextInt(30) - 15);
            case CANCELLING -> i % 2 == 0 ? x * 1e30 : -values[i - 1] + random.nextInt(2);
            case SUBNORMAL -> x * 1e-309;
            case HUGE -> x * 1e300;
            case LARGEST -> random.nextBoolean() ? Double.MAX_VALUE : -Double.MAX_VALUE * 0.75;
            case OFFSET -> 1e9 + x / 1000;
            case EQUAL -> equal;
            case WHOLE -> Math.rint(x * 3);
            case ZEROS -> random.nextBoolean() ? 0.0 : -0.0;
            case ANY -> any(random);
          };
    }
    return values;
  }

  private static double any(Random random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : random.nextDouble();
  }
}
