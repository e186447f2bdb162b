package io.tidewatch.benchmarks;

import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How all measurements with JMH are run. */
public final class Jmh {
  private Jmh() {}

  /**
   * One other process with a small heap, warmed up.
   *
   * @param include which benchmarks, as a regular expression
   * @param quick a moment each: shows that it works
   */
  public static ChainedOptionsBuilder options(String include, boolean quick) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(include)
            .shouldFailOnError(true)
            .forks(1)
            .jvmArgsAppend("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");
    return quick
        ? options
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(200))
            .measurementIterations(2)
            .measurementTime(TimeValue.milliseconds(200))
        : options
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1));
  }

  /** Standard output is for the figures. */
  public static OutputFormat progress(boolean quick) {
    return OutputFormatFactory.createFormatInstance(
        System.err, quick ? VerboseMode.SILENT : VerboseMode.NORMAL);
  }
}
