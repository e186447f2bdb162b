package io.tidewatch.benchmarks.retrain;

import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.udfs.decode.Inbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The rows of a run by their number: first those that fill the histories, key by key and as fast as
 * they are taken, then the paced ones, each when it is due, the devices in turn. Windows end a
 * millisecond apart, so the end of a window tells its row.
 */
final class PacedRows implements MapFunction<Long, Inbound<FeatureVector>> {
  private static final long serialVersionUID = 1;

  static final String MODEL = "bench";
  static final int FEATURES = 9;

  private static final long START_MS = 1_700_000_000_000L;
  private static final int KINDS = 4_096;

  private final RetrainSpec spec;
  private final long before;
  private final double[][] values = values();

  PacedRows(RetrainSpec spec) {
    this.spec = spec;
    this.before = spec.rowsBefore();
  }

  /** Names of the values. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < FEATURES; i++) {
      names.add("f" + i + "_mean");
    }
    return names;
  }

  /** Of those that are paced, from 0; negative for one before. */
  static long pacedRow(RetrainSpec spec, long windowEndMs) {
    return windowEndMs - START_MS - spec.rowsBefore();
  }

  @Override
  public Inbound<FeatureVector> map(Long number) {
    long row = number - before;
    if (row >= 0) {
      Delays.awaitDue(row);
    }
    long endMs = START_MS + number;
    return Inbound.of(
        new FeatureVector(
            MODEL,
            "device-" + (row >= 0 ? row % spec.devices() : deviceBefore(number)),
            endMs - 1_000,
            endMs,
            1,
            values[(int) (number * 31 % KINDS)].clone()));
  }

  private long deviceBefore(long number) {
    if (spec.keys() == 1) {
      return number % spec.devices();
    }
    int key = 0;
    long left = number - spec.rowsBefore(0);
    while (left >= 0) {
      key++;
      left -= spec.rowsBefore(key);
    }
    return key;
  }

  /** Normal, a third of the features with a common cause. */
  private static double[][] values() {
    Random random = new Random(1);
    double[][] values = new double[KINDS][FEATURES];
    for (double[] row : values) {
      double load = random.nextGaussian();
      for (int i = 0; i < FEATURES; i++) {
        row[i] = 50 + random.nextGaussian() + (i % 3 == 0 ? load : 0);
      }
    }
    return values;
  }
}
