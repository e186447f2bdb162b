package io.tidewatch.benchmarks.sketch;

import java.util.Random;

/** How the values that are sketched are distributed; all positive, in milliseconds. */
public enum Distribution {
  /** 1 to 1,000, all alike. */
  UNIFORM {
    @Override
    double next(Random random) {
      return 1 + 999 * random.nextDouble();
    }
  },
  /** Median 20, 99th percentile ten times that: answer times of a healthy service. */
  LOGNORMAL {
    @Override
    double next(Random random) {
      return 20 * Math.exp(random.nextGaussian());
    }
  },
  /** Nine of ten around 5, one around 500: a cache and what is behind it. */
  BIMODAL {
    @Override
    double next(Random random) {
      double middle = random.nextInt(10) == 0 ? 500 : 5;
      return middle * Math.exp(0.1 * random.nextGaussian());
    }
  },
  /** Pareto with exponent 1: no mean, values of all magnitudes. */
  HEAVY_TAIL {
    @Override
    double next(Random random) {
      return 1 / (1 - random.nextDouble());
    }
  };

  private static final int SEED = 42;

  abstract double next(Random random);

  /** So many values, the same at every call. */
  double[] values(int count) {
    Random random = new Random(SEED);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = next(random);
    }
    return values;
  }
}
