package io.tidewatch.benchmarks.retrain;

import io.tidewatch.analytics.model.ModelScope;
import java.io.Serializable;
import java.util.Locale;

/**
 * One line of the table.
 *
 * @param scope whose rows are scored by one model
 * @param backend where state lives, as {@code state.backend.type} names it
 * @param retrains whether models are trained while it is measured
 * @param devices that send, in turn
 * @param rowsPerSecond of all of them together
 * @param everyRows of a key after which its next model is trained
 * @param warmUpSeconds at that pace, before what is measured: with trainings, if there are any
 * @param seconds that are measured
 */
public record RetrainSpec(
    ModelScope scope,
    String backend,
    boolean retrains,
    int devices,
    int rowsPerSecond,
    int everyRows,
    int warmUpSeconds,
    int seconds)
    implements Serializable {

  /** As many as the shipped history holds, and some that push others out. */
  static final int HISTORY_ROWS = 2_304;

  /** How many models there are. */
  int keys() {
    return scope == ModelScope.FLEET ? 1 : devices;
  }

  /**
   * Rows of a key before the paced ones: its history is full, and a training of each key is due at
   * another time. Devices that all began in one moment would all be trained in one.
   */
  long rowsBefore(int key) {
    return HISTORY_ROWS + (long) key * everyRows / keys();
  }

  /** Rows of all keys before the paced ones. */
  long rowsBefore() {
    long rows = 0;
    for (int key = 0; key < keys(); key++) {
      rows += rowsBefore(key);
    }
    return rows;
  }

  /** Rows that are paced and not measured. */
  long rowsOfWarmUp() {
    return (long) rowsPerSecond * warmUpSeconds;
  }

  /** Rows that are measured. */
  long rowsMeasured() {
    return (long) rowsPerSecond * seconds;
  }

  String scopeName() {
    return scope.name().toLowerCase(Locale.ROOT);
  }
}
