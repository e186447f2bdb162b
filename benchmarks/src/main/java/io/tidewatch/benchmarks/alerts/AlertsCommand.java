package io.tidewatch.benchmarks.alerts;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.ReportOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch bench alerts}. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description =
        "Measures how long alert events take to their topic at half of the capacity of the telemetry"
            + " job, and sends a storm of alerts through job and notifier, counted. Takes some"
            + " minutes; with --quick less than a minute.")
public final class AlertsCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String HEAP = "2g";

  @Mixin private ReportOptions report;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public AlertsCommand() {}

  @Override
  public Integer call() throws Exception {
    AlertsPlan plan = AlertsPlan.of(report.quick());
    Path conf =
        Path.of(System.getProperty("tidewatch.home", "."), "flink-conf")
            .toAbsolutePath()
            .normalize();
    ChildProcess child = new ChildProcess(HEAP);
    AlertsResult result =
        child.run(
            AlertsRun.class,
            folder -> new AlertsOrder(plan, conf.toString(), folder.toString()),
            AlertsResult.class,
            PATIENCE);
    AlertsReport text = new AlertsReport(result);
    report.write("alerts.md", text.text(Machine.here(), report.command(), child.flags()));
    System.out.println(text.json());
    return 0;
  }
}
