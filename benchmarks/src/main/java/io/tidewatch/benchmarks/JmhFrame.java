package io.tidewatch.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/**
 * Around what times were taken.
 *
 * @param command as it was typed
 * @param loadBefore load average when it began
 * @param loadAfter load average when it ended
 */
public record JmhFrame(Machine machine, String command, double loadBefore, double loadAfter) {

  /**
   * What was measured.
   *
   * @param results as JMH gives them
   */
  public record Measured(Collection<RunResult> results, JmhFrame frame) {}

  /** Measures. */
  public static Measured run(Options options, ReportOptions report) throws RunnerException {
    double before = load();
    Collection<RunResult> results = new Runner(options, Jmh.progress(report.quick())).run();
    return new Measured(results, new JmhFrame(Machine.here(), report.command(), before, load()));
  }

  /** The head of a report in Markdown. */
  public String head(String title) {
    return String.format(
        Locale.ROOT,
        """
        # %s

        Written by `%s`; do not edit. %s

        **%s**

        Load average %.1f when it began, %.1f when it ended; figures taken beside other work are no promise.

        """,
        title,
        command,
        machine.date(),
        machine.description(),
        loadBefore,
        loadAfter);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
