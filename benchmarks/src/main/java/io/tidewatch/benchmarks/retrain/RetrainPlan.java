package io.tidewatch.benchmarks.retrain;

import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.benchmarks.variant.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * What is run.
 *
 * @param backends where state lives
 * @param devices fewer than the forests that are kept ready: with more, rows wait for the state
 * @param rowsPerSecond of all devices
 * @param everyRows of a key; a training a second at that pace
 * @param warmUpSeconds in which the compiler of the JVM comes to its end
 * @param seconds that are measured
 */
record RetrainPlan(
    List<String> backends,
    int devices,
    int rowsPerSecond,
    int everyRows,
    int warmUpSeconds,
    int seconds) {

  static RetrainPlan of(boolean quick) {
    return quick
        ? new RetrainPlan(List.of(Setting.HEAP), 10, 1_000, 1_000, 2, 3)
        : new RetrainPlan(List.of(Setting.HEAP, Setting.DISK), 50, 1_000, 1_000, 30, 60);
  }

  /** Each with what it is compared with before it. */
  List<RetrainSpec> specs() {
    List<RetrainSpec> specs = new ArrayList<>();
    for (String backend : backends) {
      for (ModelScope scope : ModelScope.values()) {
        for (boolean retrains : new boolean[] {false, true}) {
          specs.add(
              new RetrainSpec(
                  scope,
                  backend,
                  retrains,
                  devices,
                  rowsPerSecond,
                  everyRows,
                  warmUpSeconds,
                  seconds));
        }
      }
    }
    return specs;
  }
}
