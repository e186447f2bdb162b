package io.tidewatch.benchmarks.alerts;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.ShippedFlinkConf;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;

/** All three runs in one process of their own, with Kafka, Flink, and whoever writes and reads. */
public final class AlertsRun {
  /** The parallelism that is shipped. */
  private static final int SLOTS = 2;

  private AlertsRun() {}

  /** One argument: an {@link AlertsOrder} as JSON. */
  public static void main(String[] args) {
    ChildProcess.answer(args, AlertsOrder.class, AlertsRun::run);
  }

  private static AlertsResult run(AlertsOrder order) throws IOException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    AlertsPlan plan = order.plan();
    Path conf = Path.of(order.conf());
    Path folder = Path.of(order.folder());
    try (EmbeddedStack stack =
        EmbeddedStack.start(folder, SLOTS, ShippedFlinkConf.read(conf), Map.of())) {
      double capacity = Backlog.recordsPerSecond(stack, conf, folder, plan);
      PacedResult paced =
          new PacedRun(stack, conf, folder)
              .run(
                  capacity * AlertsPlan.SHARE_OF_CAPACITY,
                  plan.pacedWarmUpSeconds(),
                  plan.pacedSeconds());
      StormResult storm = new Storm(stack, conf, folder, plan.storm()).run();
      return new AlertsResult(plan, capacity, paced, storm, load);
    }
  }
}
